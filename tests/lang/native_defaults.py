# Defaults are constants of a call while the function is what it was.
def f(a, b=2, c=3):
    return a + b + c
def run(n):
    s = 0
    for i in range(n):
        s += f(i)
        s += f(i, 5)
        s += f(i, 5, 6)
    return s
print(run(3000))
f.__defaults__ = (20, 30)
print(run(3000))
f.__defaults__ = (1, 2, 30, 40)
print(run(3000))
f.__defaults__ = ("b", "c")
try:
    run(3000)
except TypeError as e:
    print(e)
f.__defaults__ = None
try:
    run(3000)
except TypeError as e:
    print(e)
f.__defaults__ = (2.5, 3)
print(run(2000))

# Replaced while the loop runs.
def g(a, b=1):
    return a * b
def half(n):
    s = 0
    for i in range(n):
        if i == n // 2:
            g.__defaults__ = (3,)
        s += g(i)
    return s
print(half(4000))
def other(a, b):
    return a - b
def code(n):
    s = 0
    for i in range(n):
        if i == n // 2:
            g.__code__ = other.__code__
        s += g(i)
    return s
print(code(4000))

# One mutable default for all calls; another for each function that is made.
def push(x, to=[]):
    to.append(x)
    return len(to)
def pushes(n):
    for i in range(n):
        r = push(i)
    return r
print(pushes(3000))
def made(n):
    s = 0
    for i in range(n):
        def h(x, y=i, z=i * 2):
            return x + y + z
        s += h(1)
        s += (lambda x, k=i: x * k)(2)
        if i % 1000 == 999:
            h.__defaults__ = ()
            try:
                h(1)
            except TypeError as e:
                print(e)
    return s
print(made(3000))
def named(n):
    s = 0.0
    for i in range(n):
        s += f(c=i, a=1)
    return s
print(named(3000))
