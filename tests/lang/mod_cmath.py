# cmath: what its functions take and refuse, poles, branch cuts, infinities.
import cmath
class X:
    def __complex__(self): return 1+2j
class F:
    def __float__(self): return .5
class I:
    def __index__(self): return 3
class B:
    def __complex__(self): return 1.0
def t(src):
    try: r=repr(eval(src))
    except Exception as e: r='%s: %s'%(type(e).__name__,e)
    print(src,'->',r)
for src in '''cmath.log(0)
cmath.log(0,2)
cmath.log(2,0)
cmath.log(2,1)
cmath.log(1,1)
cmath.log(0,1)
cmath.log(8,2)
cmath.log(1,2,3)
cmath.log()
cmath.log(x=1)
cmath.log10(0)
cmath.sqrt('a')
cmath.sqrt(None)
cmath.sqrt(X())
cmath.sqrt(F())
cmath.sqrt(I())
cmath.sqrt(B())
cmath.sqrt(-4)
cmath.sqrt(10**400)
cmath.sqrt(1,2)
cmath.exp(1000)
cmath.atanh(1)
cmath.polar(1e308+1e308j)
cmath.polar(complex(1.7e308,1.7e308))
cmath.polar(3)
cmath.phase(-1)
cmath.rect(1)
cmath.rect(1,'a')
cmath.rect(1,1j)
cmath.rect(1,2)
cmath.isclose(1,1)
cmath.isclose(1,2,rel_tol=-1)
cmath.isclose(1)
cmath.isclose(1,1j,abs_tol=2)
cmath.pi,cmath.e,cmath.tau,cmath.inf,cmath.nan,cmath.infj,cmath.nanj
sorted(x for x in dir(cmath) if not x.startswith('__'))'''.split('\n'): t(src)

inf, nan = float("inf"), float("nan")
for f in (cmath.sqrt, cmath.log, cmath.acos, cmath.asinh, cmath.atanh, cmath.exp, cmath.tanh):
    for re in (-2.0, -0.0, 0.0, inf, -inf, nan):
        for im in (-0.0, 0.0, inf, -inf, nan):
            try:
                z = f(complex(re, im))
                print(f.__name__, re, im, "%.9g %.9g" % (z.real, z.imag))
            except Exception as e:
                print(f.__name__, re, im, type(e).__name__, e)
