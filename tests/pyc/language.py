# The language of 3.7 at large: closures, defaults, comprehensions, calls, formatting.
def outer(a, *args, k=3, **kw):
    def inner(b=a):
        nonlocal a
        a += b
        return a, args, k, sorted(kw.items())
    return inner


print(outer(1)(), outer(2, 3, 4, k=5, z=6)(7))
pairs = [('a', 1), ('b', 2)]
print({k: v for k, v in pairs}, {v: k for k, v in pairs if v > 1})
print([x * y for x in range(3) for y in range(3) if x != y])
print({x % 3 for x in range(9)} == {0, 1, 2})


def order(tag, v, log=[]):
    log.append(tag)
    return v, log


# 3.7 evaluates the value of a dict comprehension before its key.
seen = []


def note(x):
    seen.append(x)
    return x


print({note('k' + str(i)): note('v' + str(i)) for i in range(2)}, seen)
print({**{'a': 1}, 'b': 2}, [*range(3), *(4, 5)], (1, *[2], 3))
first, *rest = range(4)
print(first, rest, f'{first!r:>4}|{rest}', f'{3.14159:.2f}')
print((lambda *a, **k: (a, k))(*[1, 2], 3, x=4, **{'y': 5}))
x = [1, 2, 3, 4]
del x[1:3]
print(x, x[::-1], 'abc'.upper(), b'ab' + b'c', 1j == 1j, ...)
assert x
s = 0
for i in range(2000):
    if i % 3 == 0:
        continue
    s += i
    if s > 100000:
        break
else:
    s = -1
print(s)


def hot(n):
    total = 0
    for i in range(n):
        try:
            if i & 1:
                continue
            total += i
            if total > 1000:
                break
        finally:
            total += 1
    return total


print([hot(n) for n in (0, 1, 10, 5000)])
print(sum([hot(50) for i in range(300)]))
