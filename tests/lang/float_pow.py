# Powers of floats in loops: positive numbers, and whatever is no such thing, before and after the loop is hot.
INF, NAN = float('inf'), float('nan')
BASES = [1.0, 2.0, 0.5, 1e300, 1e-300, 3.7, 0.0, -0.0, -2.0, -0.5, -1.0, INF, -INF, NAN, 5e-324]
POWERS = [0.0, -0.0, 0.5, -0.5, 1.0, 2.0, -3.0, 1e10, 2.5, 1023.0, -1075.0, INF, -INF, NAN]


def power(a, b):
    try:
        return repr(a ** b)
    except Exception as e:
        return '%s: %s' % (type(e).__name__, e)


def inplace(a, b):
    try:
        a **= b
        return repr(a)
    except Exception as e:
        return type(e).__name__


def root_sum(n):
    t = 0.0
    for i in range(1, n):
        t += (i * 0.5) ** 0.5 - (i + 0.25) ** -1.5
    return t


for _ in range(300):
    seen = power(2.25, 0.5), inplace(2.25, 1.5)
print(seen)
for _ in range(40):
    seen = [[(power(a, b), inplace(a, b)) for b in POWERS] for a in BASES]
print(seen)
print('%.9f' % root_sum(5000))
print(power(2, 0.5), power(2.0, 3), power(True, 0.5), power(2.0, True), power(2, -1), power(2, 100), power(10 ** 400, 0.5),
      power(2.0, 10 ** 400), power('a', 2), power(2.0, None), power(0.0, -1), power(-8, 1 / 3))


def turned(n):
    out = []
    x = 1.5
    for i in range(n):
        if i == n - 3:
            x = -1.5
        elif i == n - 2:
            x = 3
        elif i == n - 1:
            x = 1e200
        try:
            y = x ** 2.0
        except OverflowError as e:
            y = e.args
        out.append(y)
    return out[-5:]


print(turned(3000))
