a = 1
a = b = c
a, b = c
a, = b
[a, b] = c
(a, b), c = d
a.b = c
a[b] = c
a[b, c] = d
a, b.c, d[e] = f
a = b, c = d
x = y = z = 0
a, b = b, a
a, b, c = c, b, a
a, b, c, d = d, c, b, a
() = x
[] = x
