def f(a, b):
    d = c
    e = a
    g(d, e, x.y.z)
    y = x
    for i in range(10):
        q = i
    return q
