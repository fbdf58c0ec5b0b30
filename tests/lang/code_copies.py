# A code object runs with any number of globals, shows itself as one object, and keeps none of them alive.
import gc, weakref
def reads(): return where
where = 'main'
F = type(reads)
code = reads.__code__
def space(i):
    return F(code, {'where': i})
fs = [space(i) for i in range(6)]
print([f() for f in fs], reads(), [f.__code__ is code for f in fs])
# one namespace, many functions of one code object
src = compile('''
def make(k):
    def inner(n):
        t = 0
        for i in range(n):
            t += k * step
        return t
    return inner
total = sum([make(k)(50) for k in range(16)])
''', 'spaces', 'exec')
for step in (1, 2, 3):
    ns = {'step': step}
    exec(src, ns)
    print(ns['total'], ns['make'](1)(10), ns['make'].__code__ is src.co_consts[0], ns['make'](2).__code__ is ns['make'](3).__code__)
def gone():
    ns = {'step': 5}
    exec(src, ns)
    return weakref.ref(ns['make']), weakref.ref(ns['make'](1)), weakref.ref(src.co_consts[0])
def alive(make, n):
    refs = [make() for i in range(n)]
    gc.collect()
    # The last ones may still lie on the machine's stack.
    return sum([r[0]() is not None for r in refs]) <= 3
print(alive(gone, 30), gone()[2]() is src.co_consts[0])
def again(step):
    ns = {'step': step}
    exec(src, ns)
    return ns['total']
print([again(s) for s in range(5)])
for i in range(24):
    gone()
gc.collect()
print(again(7))
# the first globals die, too
fresh = compile('def f(): return v\nf()', 'fresh', 'exec')
def first():
    ns = {'v': 1}
    exec(fresh, ns)
    return weakref.ref(ns['f']), ns['f']()
print(first()[1], alive(first, 30))
for v in (2, 3):
    ns = {'v': v}
    exec(fresh, ns)
    print(ns['f'](), ns['f'].__code__ is fresh.co_consts[0])
