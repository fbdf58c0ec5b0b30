# cmath: each function with special and with random numbers, in hexadecimal.
import cmath,sys,math
# Usage: complex.py [SEED [NUMBERS]]
s = int(sys.argv[1]) if len(sys.argv) > 1 else 777
N = int(sys.argv[2]) if len(sys.argv) > 2 else 200
def rnd():
    global s
    s=(s*6364136223846793005+1442695040888963407)&(2**64-1)
    return s>>11
def frac(): return rnd()/2**53
SP=[0.0,-0.0,1.0,-1.0,0.5,2.0,-3.0,1e-300,5e-324,-5e-324,1e-310,1e300,-1e300,1.7976931348623157e308,-1.7976931348623157e308,float('inf'),-float('inf'),float('nan'),709.0,710.0,-710.0,711.5,1e-160,1e155,1e160]
def gen(k):
    m=k%5
    if m==0: return frac()*2-1
    if m==1: return (frac()*2-1)*10
    if m==2: return (frac()*2-1)*800
    if m==3: return (frac()+.5)*2.0**int(frac()*2040-1020)*(1 if rnd()&1 else -1)
    return (frac()*2-1)*2.0**-int(frac()*30)
def h(x): return x.hex() if x==x else 'nan'
def show(r):
    if isinstance(r,float): return h(r)
    if isinstance(r,complex): return 'C(%s,%s)'%(h(r.real),h(r.imag))
    if isinstance(r,tuple): return '(%s)'%','.join(show(x) for x in r)
    return repr(r)
def run(f,*a):
    try: r=show(f(*a))
    except Exception as e: r='%s: %s'%(type(e).__name__,e)
    print(f.__name__,*[show(x) for x in a],r)
one=[getattr(cmath,n) for n in 'acos acosh asin asinh atan atanh cos cosh exp isfinite isinf isnan log log10 phase polar sin sinh sqrt tan tanh'.split()]
zs=[complex(a,b) for a in SP for b in SP]+[complex(gen(k),gen(rnd())) for k in range(N)]+[complex(gen(k),gen(k)) for k in range(N)]
for f in one:
    for z in zs: run(f,z)
for a in SP:
    for b in SP: run(cmath.rect,a,b)
for k in range(N): run(cmath.rect,gen(k),gen(rnd()))
for k in range(N):
    run(cmath.log,complex(gen(k),gen(rnd())),complex(gen(k),gen(rnd())))
    run(cmath.isclose,complex(gen(k),gen(k)),complex(gen(k),gen(rnd())))
