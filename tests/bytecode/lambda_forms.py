a = lambda: None
b = lambda x: x
c = lambda x, y=1: x + y
d = lambda: (lambda: (lambda: 1))
e = (lambda x: x * 2)(3)
def f():
    return lambda a: lambda b: a + b
