# Tuples that native code does not make until somebody looks: *args of a function that is built in, what a
# function returns to be unpacked.
def first(*args):
    return args[0] + args[-1] * len(args)
def pair(a, b):
    return b, a
def both(*args):
    t = args
    u = (args, t)
    if args[0] == 2900:
        # From here the interpreter goes on: one tuple under three names.
        x = 2**62 + args[1] * 2**62
        return t is args and u[0] is u[1], u, x
    return args[0]
def run(n):
    s = 0
    for i in range(n):
        s += first(i, 2, 3)
        a, b = pair(i, 1)
        s += a - b
        r = both(i, 5)
        if r is not i and not r == i:
            print(r)
    return s
print(run(3000))

# Frames that are looked at from below, and from outside.
import sys
def look(k):
    return sys._getframe(1).f_locals["args"]
def looks(*args):
    return look(1)
def see(n):
    for i in range(n):
        r = looks(i, i + 1.5, "x")
    return r
print(see(2000))
def fails(*args, **kw):
    u = (args, 1.5)
    return args[0] // (1900 - args[0])
def raises(n):
    s = 0
    for i in range(n):
        s += fails(i, 2)
    return s
try:
    raises(2500)
except ZeroDivisionError as e:
    tb = e.__traceback__.tb_next.tb_next
    print(sorted(tb.tb_frame.f_locals.items()), tb.tb_lineno)
def caught(n):
    t = 0
    for i in range(n):
        try:
            t += fails(i, 3)
        except ZeroDivisionError as e:
            v = e.__traceback__.tb_next.tb_frame.f_locals
            print(v["args"], v["u"][0] is v["args"], v["kw"])
    return t
print(caught(2500))

# Types of items change; so do lengths.
def add(*args):
    return args[0] + args[1]
def items(n):
    s = 0
    for i in range(n):
        s += add(i, 1 if i % 900 else 0.5)
    return s
print(items(3000))
def total(a, b=0, c=0):
    return a + b * c
def spread(ts):
    s = 0
    for t in ts:
        s += total(*t)
        s += total(1, *t)
    return s
print(spread([(i, 2) for i in range(2000)]))
print(spread([(i, 2) if i % 300 else (i,) for i in range(2000)]))
try:
    spread([(1, 2)] * 2500 + [(1, 2, 3, 4)])
except TypeError as e:
    print(e)
try:
    spread([(1, 2)] * 2500 + [7])
except TypeError as e:
    print(e)
print(spread([[1, 2]] * 2000))
def out(n):
    for i in range(n):
        t = pair(i, 2)
        if i == 1999:
            return t, t[1], t[-2]
print(out(2000))
def bad(n):
    r = 0
    for i in range(n):
        t = (i, i)
        try:
            r += t[i // 1998]
            a, b, c = t if i > 1995 else (1, 2, 3)
        except (IndexError, ValueError) as e:
            print(e)
    return r
print(bad(2000))

# Each time another tuple.
def fresh(*args):
    return args
def ids(n):
    last = None
    same = 0
    for i in range(n):
        t = fresh(1, 2)
        same += t is last
        last = t
    return same
print(ids(2000))
def nested(*args):
    return (args, (args[0], args))
def nest(n):
    for i in range(n):
        a, (b, c) = nested(i, 2)
    return a is c, a, b
print(nest(2000))
raises(2500)
