# Keyword arguments are bound when the call is compiled; what is wrong is still said as before.
def area(width, height=2, *, scale=1, **rest):
    return width * height * scale + len(rest)
def plain(a, b, c):
    return a - b * c
def only(a, /, b, *, c):
    return (a, b, c)

def loop(n):
    s = 0
    for i in range(n):
        s += area(i, height=3)
        s += area(height=i, width=2)
        s += area(i, scale=2, colour=i)
        s += area(scale=3, width=i, x=1, y=2)
        s += plain(c=i, b=2, a=1)
        s += plain(i, c=2, b=3)
        s += only(i, b=2, c=3)[0]
    return s
for n in (10, 3000):
    print(loop(n))

def wrong(i):
    if i == 2900:
        return area(1, width=2)
    if i == 2901:
        return area()
    if i == 2902:
        return plain(1, 2, d=3)
    if i == 2903:
        return only(a=1, b=2, c=3)
    if i == 2904:
        return only(1, 2)
    if i == 2905:
        return plain(1, 2, 3, 4)
    return area(i, height=i)
seen = []
for i in range(3000):
    try:
        wrong(i)
    except TypeError as e:
        seen.append(str(e))
print(*seen, sep="\n")

# The order of evaluation, and what a ** parameter gets.
def say(x):
    log.append(x)
    return x
def all_of(*args, **kw):
    return args, kw
def order(n):
    for i in range(n):
        r = all_of(say(1), b=say(2), a=say(3))
    return r
log = []
print(order(2500), log[:6], len(log))

# Each call has its own dict.
def keep(n):
    out = []
    for i in range(n):
        d = all_of(k=i)[1]
        d["more"] = i
        out.append(d)
    return out
k = keep(2000)
print(k[0], k[-1], len({id(d) for d in k}))

# Defaults of keyword-only parameters change in their dict.
def kw(x, *, step=1):
    return x + step
def change(n):
    s = 0
    for i in range(n):
        if i == 1500:
            kw.__kwdefaults__["step"] = 10
        s += kw(i)
    return s
print(change(3000))
def change(n):
    s = 0
    for i in range(n):
        if i == 2000:
            del kw.__kwdefaults__["step"]
        s += kw(i)
    return s
try:
    print(change(3000))
except TypeError as e:
    print(e)
def change(n):
    s = 0
    for i in range(n):
        if i == 2000:
            kw.__kwdefaults__ = {"step": 2.5}
        s += kw(i)
    return s
kw.__kwdefaults__ = {"step": 3}
print(change(3000))
