def f(a, b, c, d):
    a, b = b, a
    a, b, c = c, a, b
    a, b, c, d = d, c, b, a
    a, = b,
    [a, b] = [b, a]
    a, b = [b, a]
    (a, b), c = (b, c), a
    a, b = 1, c
    x = a, b = c, d
