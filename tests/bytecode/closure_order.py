def f(z, a, m):
    y = b = 1
    def g():
        return (z, b, y, a)
    def h(m):
        def i():
            return m, z, y
        return i
    return g, h, m
