# Assigning __code__, __defaults__, __kwdefaults__ and cell contents takes effect at the next call, also in hot loops.
def f(a, b=1): return a + b
def g(a, b=1): return a * 100 + b
def h(a, b=1, *, k=5): return a + b + k
def plain(a): return a + 1
def other(a): return a - 1
def loop(n):
    s = 0
    for i in range(n):
        s += f(i)
    return s
def loop2(n):
    s = 0
    for i in range(n):
        s += f(i, 2)
    return s
def loop3(n):
    s = 0
    for i in range(n):
        s += plain(i)
    return s
def zero(a=1, b=2): return a - b
def loop4(n):
    s = 0
    for i in range(n):
        s += zero()
    return s
for r in range(3):
    print(loop(3000), loop2(3000), loop3(3000), loop4(3000))
f.__defaults__ = (7,)
print(loop(3000), loop2(3000))
code, other_code = f.__code__, g.__code__
f.__code__ = other_code
print(loop(3000), loop2(3000), f.__code__ is g.__code__)
f.__code__ = code
print(loop(3000), f.__code__ is code)
f.__code__ = h.__code__
try: loop(10)
except TypeError as e: print(e)
f.__kwdefaults__ = {'k': 1000}
print(loop(3000), loop2(3000))
f.__kwdefaults__['k'] = 2000
print(loop(3000), loop2(3000))
f.__kwdefaults__ = None
try: loop(10)
except TypeError as e: print(e)
f.__code__ = code
f.__defaults__ = None
try: loop(10)
except TypeError as e: print(e)
print(loop2(3000))
zero.__defaults__ = (10, 4)
print(loop4(3000))
zero.__defaults__ = (10,)
try: loop4(10)
except TypeError as e: print(e)
zero.__defaults__ = (1, 2, 3)
print(loop4(3000))
plain.__code__, other.__code__ = other.__code__, plain.__code__
print(loop3(3000), plain(1), other(1), plain.__name__)
# from inside the loop, and from inside the function itself
def switch(n):
    s = 0
    for i in range(n):
        if i == n // 2:
            plain.__code__ = code1
        s += plain(i)
    return s
code1 = (lambda a: a * 2).__code__
print(switch(4000))
def self_change(n):
    if n == 0:
        self_change.__code__ = (lambda n: -n).__code__
        return 1
    return self_change(n - 1) + 1
print(self_change(50), self_change(50))
# closures: the cell's content is read each time
def counter():
    x = 1
    def add(n):
        s = 0
        for i in range(n):
            s += x
        return s
    def one(): return x
    return add, one
add, one = counter()
print(add(2000), one())
add.__closure__[0].cell_contents = 5
print(add(2000), one(), add.__closure__[0] is one.__closure__[0])
del one.__closure__[0].cell_contents
try: add(1)
except NameError as e: print(type(e).__name__, e)
one.__closure__[0].cell_contents = 2.5
print(add(2000), one())
# functions of one code object with other globals
F = type(f)
def reads(): return where
def call(g, n):
    s = 0
    for i in range(n): s += g()
    return s
where = 1
fs = [F(reads.__code__, {'where': 10 ** i}) for i in range(5)]
print([x.__code__ is reads.__code__ for x in fs], [x.__globals__['where'] for x in fs])
print([call(x, 500) for x in fs], call(reads, 500))
fs[2].__globals__['where'] = 3
print([call(x, 500) for x in fs], call(reads, 500))
