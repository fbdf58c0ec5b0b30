# one function, called with ints, then floats, then strings, then lists
def add(a, b):
    return a + b
def poly(x):
    return x * x + x
def cmp(a, b):
    if a < b:
        return -1
    if a == b:
        return 0
    return 1
def loop(f, a, b, n):
    r = None
    for i in range(n):
        r = f(a, b)
    return r
print(loop(add, 1, 2, 100), loop(add, 1.5, 2, 100), loop(add, 'a', 'b', 100), loop(add, [1], [2], 100), loop(add, (1,), (2,), 100), loop(add, True, 1, 100), loop(add, 2 ** 60, 2 ** 62, 100))
for x in (3, 2.5, True, 2 ** 40, 10 ** 20, 2):
    r = None
    for i in range(100):
        r = poly(x)
    print(r)
print(loop(cmp, 1, 2, 50), loop(cmp, 2.5, 2, 50), loop(cmp, 'a', 'b', 50), loop(cmp, (1,), (1,), 50), loop(cmp, 10 ** 30, 5, 50), loop(cmp, float('nan'), 1, 50))
for i in range(100):
    try:
        add(1, 'a') if i == 99 else add(1, i)
    except TypeError as e:
        print(i, e)
