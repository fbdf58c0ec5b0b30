# Generator functions: for, list, sum, unpacking, comprehensions and builtins run over them.
def count(n):
    for i in range(n):
        yield i


def nothing():
    return
    yield


print(list(count(5)), tuple(count(3)), set(count(3)), sum(count(10)), max(count(4)), min(count(4)))
print([x * 2 for x in count(3)], {x: -x for x in count(3)}, sorted(count(4), reverse=True))
print(list(nothing()), list(zip(count(3), count(5))), list(map(str, count(3))), list(enumerate(count(2))))
a, b, *c = count(5)
print(a, b, c)
d, e = count(2)
print(d, e, *count(3), [*count(2), *count(3)], (*count(2),), {*count(2)})
print(3 in count(5), 9 in count(5), any(count(3)), all(count(3)))
print(dict((k, k * k) for k in count(3)), ''.join(str(i) for i in count(4)))
try:
    a, b = count(3)
except ValueError as e:
    print(e)
try:
    a, b, c, d = count(3)
except ValueError as e:
    print(e)


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


total = 0
for x in fib():
    if x > 10 ** 20:
        break
    total += x
print(total)


def args(a, b=2, *c, d=4, **e):
    yield a
    yield b
    yield c
    yield d
    yield e


print(list(args(1)), list(args(1, 3, 5, 6, d=0, z=9)))
try:
    args()
except TypeError as e:
    print(e)


def closure(n):
    def inner():
        nonlocal n
        while n:
            n -= 1
            yield n
    return inner


print(list(closure(4)()))


def locals_live():
    a = 1
    b = [a]
    yield b
    c = {'a': a, 'b': b}
    yield c
    del a
    try:
        a
    except UnboundLocalError as e:
        yield str(e)


print(list(locals_live()))


def loops(n):
    s = 0
    for i in count(n):
        for j in count(i):
            s += i * j
    return s


print(loops(30), [loops(i) for i in range(8)])
total = 0
for i in count(3000):
    total += i
print(total)
