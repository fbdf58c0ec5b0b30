def f(x):
    def g(a=x, b=1, c=(1, 2)):
        return a + b + x
    return g
h = lambda a, b=f: lambda: a + b(1)
