# List comprehensions: values, filters, nesting, scope.
print([x * x for x in range(5)], [x for x in 'abc' if x != 'b'], [(i, j) for i in range(3) for j in range(i)])
print([[y for y in range(x)] for x in range(4)], [x for x in range(20) if x % 2 if x % 3])
x = 'outer'
print([x for x in [1, 2]], x)
print([a + b for a, b in [(1, 2), (3, 4)]], [first for first, *_ in ['abc', 'de']])


def scope(n):
    fs = [lambda: i for i in range(n)]
    k = 10
    gs = [i + k for i in range(n)]
    k = 20
    return [f() for f in fs], gs, [lambda: k][0]()


print(scope(3))


def first_iterable_outside(x):
    return [x for x in x]


print(first_iterable_outside([1, 2]))
try:
    [undefined_name for _ in [1]]
except NameError as e:
    print(e)
try:
    [i for i in 5]
except TypeError as e:
    print(e)
try:
    [1 // (i - 2) for i in range(5)]
except ZeroDivisionError as e:
    print(e)


def hot(n):
    total = 0
    for k in range(n):
        total += sum([i * k for i in range(10) if i & 1])
        total += len([c for c in 'hello world' if c in 'lo'])
    return total


print(hot(60))


def mixed(n):
    return [i / 2 if i % 2 else i for i in range(n)][-3:]


print(mixed(10), mixed(1000))
print([[i * j for j in range(3)] for i in range(3)], [x for y in [[1, 2], [3]] for x in y])
print([i for i in range(2 ** 62, 2 ** 62 + 3)], [i for i in []], [_ for _ in {1: 2}.items()])
big = [i for i in range(3000)]
print(len(big), sum(big))
