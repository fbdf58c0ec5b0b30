# math: each function with special and with random numbers, in hexadecimal.
import math, sys
# Usage: real.py [SEED [NUMBERS]]
s = int(sys.argv[1]) if len(sys.argv) > 1 else 12345
N = int(sys.argv[2]) if len(sys.argv) > 2 else 300
def rnd():
    global s
    s=(s*6364136223846793005+1442695040888963407)&(2**64-1)
    return s>>11
def frac(): return rnd()/2**53
SP=[0.0,-0.0,1.0,-1.0,0.5,-0.5,2.0,3.0,-3.0,1e-300,5e-324,-5e-324,1e300,-1e300,1.7976931348623157e308,float('inf'),-float('inf'),float('nan'),0.84375,1.25,1/0.35,6.0,28.0,27.9,-6.0,26.5,171.0,171.7,-170.5,-200.5,200.0,1e-20,1e-21,23.0,24.0,-1e-310,1e-308,2**-28,2**28+1.0,2.0**53]
def gen(k):
    m=k%6
    if m==0: return frac()*2-1
    if m==1: return (frac()*2-1)*10
    if m==2: return (frac()*2-1)*200
    if m==3: return (frac()+.5)*2.0**int(frac()*2000-1000)*(1 if rnd()&1 else -1)
    if m==4: return float(int(frac()*60-20))/ (1 if rnd()&1 else 2)
    return (frac()*2-1)*2.0**-int(frac()*30)
def show(r):
    if isinstance(r,float): return r.hex() if r==r else 'nan'
    if isinstance(r,tuple): return '(%s)'%','.join(show(x) for x in r)
    return repr(r)
def run(f,*a):
    try: r=show(f(*a))
    except Exception as e: r='%s: %s'%(type(e).__name__,e)
    print(f.__name__,*[show(x) for x in a],r)
one=[getattr(math,n) for n in 'acos acosh asin asinh atan atanh ceil cos cosh degrees erf erfc exp expm1 fabs floor frexp gamma isfinite isinf isnan lgamma log log10 log1p log2 modf radians sin sinh sqrt tan tanh trunc'.split()]
two=[getattr(math,n) for n in 'atan2 copysign fmod pow remainder log hypot isclose'.split()]
xs=SP+[gen(k) for k in range(N)]
for f in one:
    for x in xs: run(f,x)
for f in two:
    for x in SP:
        for y in SP: run(f,x,y)
    for k in range(N): run(f,gen(k+rnd()),gen(k))
for k in range(N):
    run(math.ldexp,gen(k),int(frac()*4400-2200))
    run(math.hypot,*[gen(k) for _ in range(rnd()%5)])
    n=rnd()%4
    run(math.dist,tuple(gen(k) for _ in range(n)),tuple(gen(k) for _ in range(n)))
    v=[gen(rnd()) for _ in range(rnd()%30)]
    try: r=math.fsum(v).hex()
    except Exception as e: r=repr(e)
    print('fsum',r)
