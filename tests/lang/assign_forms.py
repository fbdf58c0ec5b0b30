# assignment: chained, unpacking, nested targets, swaps
a = b = c = [1]
print(a is b is c)
a, b = 1, 2
a, b = b, a
print(a, b)
(a, b), c = (3, 4), 5
[a, [b, c]] = 6, [7, 8]
print(a, b, c)
x = [0] * 5
x[0], x[1], (x[2], x[3]) = 1, 2, (3, 4)
print(x)
i = 0
i, x[i] = 1, 99
print(i, x)
a, b, c = 'xyz'
print(a, b, c)
a, b = {'p': 1, 'q': 2}
print(a, b)
a, b, c, d = range(4)
print(a, b, c, d)
for a, (b, c) in [(1, (2, 3)), (4, (5, 6))]:
    print(a, b, c)
def f(p):
    q, r, s = p
    return s, r, q
print(f((1, 2, 3)), f([4, 5, 6]))
d = {}
d['a'], d['b'] = 1, 2
d['c'] = d['e'] = 3
print(d)
