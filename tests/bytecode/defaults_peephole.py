def f(a=1, b="x", c=None): pass
def g(a=x, b=1): pass
def h(a=(1, 2)): pass
def i(a=-1, b=2 ** 3): pass
def j(a, b=1, c=2): pass
k = lambda a=1, b=1: a
