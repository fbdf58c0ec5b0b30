# Weak references of functions: identity, callbacks, what may be referred to; gc.collect() settles them.
import weakref, gc
def t(g):
    try: print(repr(g()))
    except BaseException as e: print(type(e).__name__, e)
def f(): pass
r = weakref.ref(f)
print(r, type(r), r() is f, r == weakref.ref(f), r is weakref.ref(f), hash(r) == hash(f), weakref.getweakrefcount(f), weakref.getweakrefs(f) == [r])
print(r.__callback__)
log = []
def make():
    def g(): return 1
    r2 = weakref.ref(g, log.append)
    print(r2.__callback__ is log.append, r2.__callback__ == log.append)
    return g, r2
def use():
    g, r2 = make()
    print(r2() is g, weakref.getweakrefcount(g), r2 == weakref.ref(g))
    return r2
# What was left on the machine's stack may keep an object until it is written over.
def scrub(n):
    return repr([n, scrub(n - 1)]) if n else ''
r2 = use()
scrub(9)
gc.collect()
print(r2(), log == [r2], log[0] is r2, r2.__callback__, r2)
t(lambda: hash(r2))
t(lambda: weakref.ref(1)); t(lambda: weakref.ref('a')); t(lambda: weakref.ref()); t(lambda: weakref.ref(f,1,2)); t(lambda: weakref.ref([])); t(lambda: weakref.ref({})); t(lambda: weakref.ref(())); t(lambda: weakref.ref(None));t(lambda: weakref.ref(1.5))
t(lambda: weakref.ref(int)() is int); t(lambda: weakref.ref(f.__code__)() is f.__code__); t(lambda: weakref.ref(gc)() is gc); t(lambda: weakref.ref(len)() is len); t(lambda: weakref.ref(r))
t(lambda: weakref.ref(str.upper)); t(lambda: weakref.ref(int.__add__)); t(lambda: weakref.ref((1).__add__)); t(lambda: weakref.ref(ValueError())); t(lambda: weakref.ref(range(3))); t(lambda: weakref.ref(iter([])));t(lambda: weakref.ref(object()))
t(lambda: weakref.getweakrefcount(1)); t(lambda: weakref.getweakrefs(1))
t(lambda: r(1)); t(lambda: r(x=1)); t(lambda: r(1,2)); t(lambda: r < r); t(lambda: weakref.ref(x=1)); t(lambda: weakref.ref(f, callback=1)); t(lambda: weakref.ref(f, x=2))
print(weakref.ref is weakref.ReferenceType, weakref.ref, weakref.ref.__module__)
print(gc.isenabled()); gc.disable(); print(gc.isenabled()); gc.enable(); print(gc.isenabled())
t(lambda: gc.collect(3)); t(lambda: gc.collect('a')); t(lambda: gc.collect(1,2)); t(lambda: gc.collect(x=1)); t(lambda: gc.enable(1)); gc.collect(0)
try: r.__callback__ = 3
except AttributeError as e: print(e)
try: r.x = 3
except AttributeError as e: print(e)
def bound():
    m = f.__get__(1); rm = weakref.ref(m); print(rm() is m); return rm
rm = bound(); scrub(9); gc.collect(); print(rm())
print(dir(r))
# collected cycles
def cyc():
    def a(): return b
    def b(): return a
    return weakref.ref(a), weakref.ref(b)
x, y = cyc(); scrub(9); gc.collect(); print(x(), y())
def bad(r): raise ValueError('no')
def mk():
    def q(): pass
    return weakref.ref(q, bad)
z = mk(); scrub(9); gc.collect(); print(z())
# a function that was called dies, too: no cache keeps it
def called():
    def g(n): return n + 1
    s = 0
    for i in range(3): s += g(i)
    return weakref.ref(g), s
p, s = called(); scrub(9); gc.collect(); print(s)
