def f(a, b, c):
    def g():
        return c + a
    b = g
    return b
