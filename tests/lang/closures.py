# closures share cells, loops share one variable
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    def get():
        return n
    return inc, get
inc, get = counter()
inc2, get2 = counter()
print(inc(), inc(), get(), inc2(), get2(), get())
fs = []
for i in range(3):
    fs.append(lambda: i)
print(fs[0](), fs[1](), fs[2]())
def make():
    out = []
    for i in range(3):
        out.append(lambda i=i: i)
    return out
for f in make():
    print(f())
def late():
    def g():
        return x
    x = 1
    a = g()
    x = 2
    return a, g()
print(late())
def arg_cell(a, b):
    def g():
        return a + b
    a = a * 10
    return g
print(arg_cell(1, 2)(), arg_cell(b=1, a=2)())
def three(a):
    def two(b):
        def one(c):
            return a * 100 + b * 10 + c
        return one
    return two
print(three(1)(2)(3))
for k in range(50):
    inc()
print(get())
