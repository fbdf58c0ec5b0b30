def f(a, b, /, c, d=1, *, e, f=2): pass
def g(*a, **k): return a, k
def h(*, a): return a
k = lambda *a, b=1, **c: a
def i(a=1, /, b=2): pass
