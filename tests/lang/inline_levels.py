# Calls built into their callers: values, types that change on the way, functions rebound in mid-flight.
def h(x):
    return x // 3 + x % 7
def g(x):
    if x % 5 == 0:
        return h(x) * 2
    return h(x + 1) - x
def f(x):
    y = g(x)
    z = g(y)
    return y * z - h(z)
def total(n, start):
    s = start
    for i in range(n):
        s += f(i)
        s ^= h(i)
    return s
print(total(3000, 0))
# floats, bools and big ints through what had only seen ints
print(f(2.5), f(True), f(2 ** 70), f(-2 ** 63), h(4.0))
def fsum(n):
    s = 0
    for i in range(n):
        s += f(i / 2) if i % 100 == 99 else f(i)
    return s
print(fsum(1000))
# one of them becomes another function while the loop runs
def first(x):
    return x + 1
def second(x):
    return x - 1.5
step = first
def swaps(n):
    global step
    s = 0
    for i in range(n):
        s += step(i)
        if i == n // 2:
            step = second
    return s
print(swaps(2000), swaps(2000))
step = first
print(swaps(10))
# its code is replaced
def shape(x):
    return x * 2
def other(x):
    return [x]
def reshaped(n):
    out = 0
    for i in range(n):
        if i == n - 3:
            shape.__code__ = other.__code__
        r = shape(i)
        out = r if type(r) is list else out + r
    return out
print(reshaped(1500))
# arguments that are changed and loops inside what is inlined
def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps
def longest(n):
    best = 0
    for i in range(1, n):
        k = collatz(i)
        if k > best:
            best = k
    return best
print(longest(700))
# a result of two types, an argument that is unbound later, a bare return
def either(x):
    if x % 3:
        return x
    if x % 2:
        return x / 2
    return
def pick(n):
    out = []
    for i in range(n):
        v = either(i)
        if v is not None and i > n - 9:
            out.append(v)
    return out
print(pick(600))
def drops(x):
    y = x
    del x
    try:
        return x
    except NameError as e:
        return str(e)[:30], y
print([drops(i) for i in range(300)][-1])
