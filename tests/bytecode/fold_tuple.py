a = (1, 2, (3, 4))
b = (1, x)
c = ()
d = ((), ((),))
e = (1, "a", None, True, 2.5)
f, g = 1, 2
f, g = g, f
f, g, h = h, g, f
f, g, h = 1, 2, 3
x = y = (1, 2)
