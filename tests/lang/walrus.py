# Assignment expressions: where they bind, and when.
if (n := len('abc')) > 2:
    print(n)
print(y := 5, y)
while (n := n - 1) > 0:
    print(n, end=' ')
print()


def f(data):
    out = [last := x for x in data]
    return out, last


print(f([1, 2, 3]))


def g(limit):
    if any([(hit := i) for i in range(limit) if i > 3]):
        return hit
    return None


print(g(10), g(2))
print([(a, b := a * 2) for a in range(3)], b)


def nested():
    total = 0
    parts = [[total := total + v for v in row] for row in [[1, 2], [3]]]
    return parts, total


print(nested())
x = (y := 1) + (z := 2)
print(x, y, z)


def default(a=(d := 3)):
    return a


print(default(), d, (lambda: (q := 4) + q)())


def glob():
    global later
    [later := i for i in range(3)]


glob()
print(later)
print({(k := 'key'): (v := 1)}, k, v, f'{(w := 7)} {w}')
