# Functions with *args and **kw: the tuple and the dict are made by the caller.
def count(*args):
    return len(args)
def first(a, *rest):
    return a + len(rest)
def total(*args, start=0):
    s = start
    for a in args:
        s += a
    return s
def everything(a, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw
def run(n):
    s = 0
    for i in range(n):
        s += count() + count(i) + count(i, i)
        s += first(i) + first(i, 1, 2)
        s += total(i, i, start=2) + total()
        r = everything(i, 1, 2, 3, c=4, e=5)
        r2 = everything(i, c=i)
        s += r[0] + len(r[2]) + r2[3]
    return s, r, r2
print(run(3000))

def forward(*args, **kw):
    return everything(*args, **kw)
def forwards(n):
    for i in range(n):
        r = forward(i, 2, 3, c=i, z=1)
    return r
print(forwards(2000))
def spread(n):
    t = (1, 2)
    d = {"c": 3}
    s = 0
    for i in range(n):
        s += first(*t) + total(*t, start=i) + everything(*t, **d)[3]
    return s
print(spread(2000))

def celled(*args, **kw):
    return lambda: (args, kw)
def cells(n):
    for i in range(n):
        r = celled(i, k=i)()
    return r
print(cells(2000))

def bad(n):
    for i in range(n):
        try:
            everything(i)
        except TypeError as e:
            r = e
    return r
print(bad(1500))
def raises(*args):
    return args[5]
def raised(n):
    for i in range(n):
        raises(i)
for i in range(300):
    try:
        raised(1)
    except IndexError as e:
        last = e
print(last)
raised(1)
