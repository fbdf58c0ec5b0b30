del a
del a.b
del a[b]
del a, b.c, d[e]
del (a, b), [c]
def f(x):
    del x
    y = 1
    def g(): return y
    del y
