# Functions with cells and free variables, called natively.
def make(k):
    def add(x):
        return x + k
    return add
five = make(5)
def closure(n):
    s = 0
    for i in range(n):
        s += five(i)
    return s
print(closure(3000))
five = make(2.5)
print(closure(3000))
five = make("x")
try:
    closure(10)
except TypeError as e:
    print(e)

# Made anew each time.
def anew(n):
    s = 0
    for i in range(n):
        f = make(i)
        s += f(1)
        s += make(i)(2)
    return s
print(anew(3000))

# Cells of the callee: arguments that live in one, and locals.
def counter(start, step=1):
    n = start
    def bump(by=None):
        nonlocal n, step
        if by:
            step = by
        n += step
        return n
    return bump
def counters(n):
    s = 0
    for i in range(n):
        c = counter(i)
        c()
        c(by=3)
        s += c()
    return s
print(counters(2500))
one = counter(0)
def shared(n):
    for i in range(n):
        r = one()
    return r
print(shared(3000))

# Recursion through a free variable.
def outer(n):
    def fib(k):
        return k if k < 2 else fib(k - 1) + fib(k - 2)
    return fib(n)
print([outer(i) for i in range(16)])
def both(n):
    def even(k):
        return True if k == 0 else odd(k - 1)
    def odd(k):
        return False if k == 0 else even(k - 1)
    return even(n), odd(n)
print([both(i) for i in range(60)][-3:])

# An empty cell; a cell emptied on the way.
def late(n):
    def use():
        return value
    for i in range(n):
        try:
            use()
        except NameError as e:
            error = str(e)
    value = 7
    r = 0
    for i in range(n):
        r += use()
    del value
    try:
        use()
    except NameError as e:
        return r, error, str(e)
print(late(1500))

# What a callee's frame looks like when it is left in the middle.
def fails(x, y=1):
    z = x * 2
    def see():
        return x, z
    if x == 1900:
        raise ValueError(see())
    return see()
def runs(n):
    for i in range(n):
        fails(i)
try:
    runs(2000)
except ValueError as e:
    tb = e.__traceback__
    while tb.tb_next:
        tb = tb.tb_next
    print(e, sorted(tb.tb_frame.f_locals.items(), key=lambda p: p[0])[1:], tb.tb_lineno)

# Types change under a callee that has cells.
def mixed(x):
    f = lambda: x
    return f() + x
def mixes(n):
    s = 0
    for i in range(n):
        s += mixed(i if i % 700 else i + 0.5)
    return s
print(mixes(3000))
big = 2**62
def overflow(n):
    t = 0
    def add(x):
        nonlocal t
        t += x * big
        return t
    for i in range(n):
        add(i)
    return t
print(overflow(2000))

# Deep recursion of a closure ends as any other does.
def deep():
    def down(n):
        return down(n + 1)
    try:
        down(0)
    except RecursionError as e:
        return str(e)
print([deep() for i in range(3)])
runs(2000)
