def f(a, b):
    raise
def g(a):
    raise a
def h(a, b):
    raise a(1) from b
def i(a):
    raise a from None
    x = 1
