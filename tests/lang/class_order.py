# C3, context managers, __init_subclass__, __set_name__, descriptors.
class G:
    def __getattr__(self, n): return 'dyn ' + n
print(G().foo)
class C1: pass
class C2(C1): pass
class C3(C1): pass
class C4(C2, C3): pass
print(C4.__mro__)
try:
    class Bad(C1, C2): pass
except TypeError as e: print(e)
class Ctx:
    def __enter__(self): print('in'); return self
    def __exit__(self, *a): print('out', a[0]); return True
with Ctx() as c: raise ValueError(1)
class IS:
    def __init_subclass__(cls, **kw): print('sub', cls.__name__, kw)
class IS2(IS, k=1): pass
class Desc:
    def __set_name__(self, o, n): print('name', o, n)
    def __get__(self, o, t=None): return ('get', o is None, t)
    def __set__(self, o, v): print('set', v)
class HD: d = Desc()
h = HD(); h.d = 3; print(h.d, HD.d)
