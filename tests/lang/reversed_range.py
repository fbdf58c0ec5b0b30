# Loops over reversed(range(…)), seen and unseen.
import builtins


def one(n):
    out = []
    for i in reversed(range(n)):
        out.append(i)
        if i == 7:
            break
    else:
        out.append('end')
    return out


def two(a, b):
    t = 0
    for i in reversed(range(a, b)):
        t = t * 3 + i
    return t


def stepped(a, b, c):
    return [i for i in reversed(range(a, b, c))]


def sums(n):
    t = 0
    for i in reversed(range(n)):
        for j in reversed(range(i, n)):
            t += i * j
            if j & 1:
                continue
            t -= 1
    return t


for n in range(60):
    got = one(n % 13), two(-n, n), two(n, -n), two(3, 3), stepped(0, n, 3), stepped(n, 0, -2), sums(n % 9)
print(got)
print(two(2 ** 47 - 2, 2 ** 47 + 2), two(2 ** 63 - 2, 2 ** 63), two(-2 ** 63, -2 ** 63 + 3), two(2 ** 63 - 1, 2 ** 63 + 2))
try:
    one(1.5)
except TypeError as e:
    print(e)
print(one(True), two(False, True))


def rebound(n):
    out = []
    for k in range(n):
        if k == n // 2:
            builtins.reversed = lambda r: iter([r])
        for i in reversed(range(k % 4)):
            out.append(i)
    return out[-8:]


real = reversed
print(rebound(2000))
builtins.reversed = real
print(rebound(4))
builtins.reversed = real


def deep(n):
    if n:
        return deep(n - 1)
    t = 0
    for i in reversed(range(4)):
        t += i
    return t


for _ in range(200):
    got = deep(20)
print(got)


def depth(n):
    try:
        return deep(n)
    except RecursionError:
        return 'deep'


first = next(n for n in range(700, 1100) if depth(n) == 'deep')
print(depth(first - 1), depth(first), first > 900)
