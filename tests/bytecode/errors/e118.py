def f(x, x=1, *x): pass
