# Every field of functions, cells and bound methods: read, assigned, deleted, with the checks.
def t(g):
    try: print(repr(g()))
    except BaseException as e: print(type(e).__name__, e)
def mk():
    x = 1
    def f(a, b=2): return x + a + b
    def g(): return 3
    def h(): return (x, y)
    y = 2
    return f, g, h
f, g, h = mk()
def s(o, n, v):
    try: setattr(o, n, v); print('set', n)
    except BaseException as e: print(type(e).__name__, e)
def d(o, n):
    try: delattr(o, n); print('del', n)
    except BaseException as e: print(type(e).__name__, e)
code = f.__code__
print(f.__code__ is code, type(f)(code, globals(), 'z', (5,), f.__closure__).__code__ is code)
s(f, '__code__', g.__code__); s(g, '__code__', f.__code__); s(f, '__code__', h.__code__); s(f,'__code__',1); d(f,'__code__')
for n in ['__defaults__','__kwdefaults__','__annotations__','__dict__','__name__','__qualname__','__doc__','__module__','__globals__','__closure__','__class__','__code__']:
    for v in [None, (), {}, 'str', 5]:
        s(f, n, v)
        if n not in ('__globals__','__closure__','__class__','__code__'): print(n, getattr(f, n))
    d(f, n); 
    if n not in ('__globals__','__closure__','__class__','__code__'): t(lambda: getattr(f, n))
f.x = 5; print(f.__dict__, f.x, vars(f)); f.__dict__ = {'y': 1}; t(lambda: f.x); print(f.y); d(f, 'y'); d(f,'y'); d(f,'zz'); t(lambda: f.zz)
F = type(f)
c0 = g.__code__; c1 = code
t(lambda: F()); t(lambda: F(c0)); t(lambda: F(1, {})); t(lambda: F(c0, 1)); t(lambda: F(c0, {}, 1)); t(lambda: F(c0, {}, None, 1)); t(lambda: F(c0, {}, None, None, 1)); t(lambda: F(c1, {})); t(lambda: F(c1, {}, None, None, ())); t(lambda: F(c1, {}, None, None, (1,))); t(lambda: F(c0, {}, None, None, f.__closure__)); t(lambda: F(c0,{},x=1)); t(lambda: F(c0,{},1,2,3,4)); t(lambda: F(code=c0, globals={}, name='nm', argdefs=None, closure=None).__name__); t(lambda: F(c0, {}, 'n').__qualname__); t(lambda: F(c0,{}).__module__); t(lambda: F(c0,{'__name__':'mm'}).__module__); t(lambda: F(c1,{}, closure=f.__closure__)(1,2)); t(lambda: F(c0,{},code=c0))
cell = f.__closure__[0]
print(cell.cell_contents); s(cell, 'cell_contents', 7); print(f(1, 1)); d(cell, 'cell_contents'); t(lambda: cell.cell_contents); t(lambda: f(1,1)); d(cell,'cell_contents'); s(cell,'x',1); t(lambda: cell.x)
C = type(cell); print(C); t(lambda: C(1).cell_contents); t(lambda: C().cell_contents); t(lambda: C(1) == C(1)); t(lambda: C() == C()); t(lambda: C() < C(1)); t(lambda: C(1) < C('a')); t(lambda: C(1) < C(2)); t(lambda: C(1) == 1); t(lambda: hash(C(1))); t(lambda: C(1,2)); t(lambda: C(x=1)); t(lambda: C(1) < 1); print(C(), C(1))
m = f.__get__([1]); print(m.__func__ is f, m.__self__, m.__name__, m.__doc__, m == f.__get__([1]), m == f.__get__(m.__self__), hash(m) == hash(f.__get__(m.__self__))); print(m)
s(m, 'x', 1); s(m, '__func__', 1); s(m, '__self__', 1); s(m, '__name__', 1); s(m, '__doc__', 1); d(m, 'y'); t(lambda: m.zz); M = type(m); t(lambda: M(1,2)); t(lambda: M(f)); t(lambda: M(f, None)); t(lambda: M(f, 1, 2)); t(lambda: M(f, 1)); t(lambda: M(len,'abc')()); print(M(len,'abc')); t(lambda: M(x=1)); t(lambda: m.__get__(3) is m); t(lambda: f.__call__()); t(lambda: m.__call__.__self__ is m); print(M(M(len,'a'),3))
print(f.__get__(None, int) is f); t(lambda: m < m); t(lambda: f < f); t(lambda: f == 1)
print(f.__globals__ is globals())
