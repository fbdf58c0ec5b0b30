# traceback through calls, a lambda, and a builtin's callback
def f(x):
    return g(x)
def g(x):
    return sorted([1, 2], key=lambda v: h(v))
def h(v):
    return v.missing
f(1)
