# What is inlined has a frame for whoever looks: tracebacks, sys._getframe, locals, the depth of the recursion.
import sys
def leaf(x):
    if x == 1200:
        raise ValueError(x)
    return 100 // (x - 700)
def middle(x):
    y = x + 1
    return leaf(y - 1) + y
def outer(n):
    s = 0
    for i in range(n):
        try:
            s += middle(i)
        except ZeroDivisionError as e:
            tb = e.__traceback__
            lines = []
            while tb:
                lines.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
                tb = tb.tb_next
            print(i, lines)
    return s
print(outer(1100))
try:
    outer(1300)
except ValueError as e:
    tb = e.__traceback__
    while tb:
        f = tb.tb_frame
        print(f.f_code.co_name, tb.tb_lineno, sorted([(k, v) for k, v in f.f_locals.items() if type(v) is int]))
        tb = tb.tb_next
# a callee that looks at its callers
def looks(x):
    if x % 400 == 399:
        f = sys._getframe()
        out = []
        while f.f_back:
            out.append((f.f_code.co_name, f.f_lineno, f.f_locals.get('x')))
            f = f.f_back
        return len(out) + (out[1][2] or 0) + out[2][1]
    return x
def between(x):
    r = looks(x + 1)
    return r - 1
def seen(n):
    s = 0
    for x in range(n):
        s += between(x)
    return s
print(seen(900))
# the depth is what it would be
def down(n):
    return 0 if n == 0 else 1 + down(n - 1)
def deepest():
    try:
        return 1 + deepest()
    except RecursionError:
        return 1
for i in range(60):
    down(20)
here = 0
f = sys._getframe()
sys.setrecursionlimit(300)
def fits(n):
    try:
        return down(n)
    except RecursionError as e:
        return str(e)
edge = [n for n in range(270, 310) if fits(n) == n]
print(max(edge), fits(305), len(edge))
print(deepest() == deepest())
# the limit falls while inlined calls are under way
def low(n):
    return n
def lower(n):
    if n == 777:
        sys.setrecursionlimit(40)
    return low(n) + low(n + 1)
def lowering(n):
    t = 0
    for i in range(n):
        t += lower(i)
    return t
print(lowering(900), sys.getrecursionlimit())
edge = [n for n in range(20, 50) if fits(n) == n]
print(max(edge))
sys.setrecursionlimit(1000)
# mutual recursion
def even(n):
    return True if n == 0 else odd(n - 1)
def odd(n):
    return False if n == 0 else even(n - 1)
print([even(i) for i in range(0, 120, 17)], even(900))
try:
    even(5000)
except RecursionError as e:
    print(e)
# handlers inside and outside of what is inlined
def risky(x):
    try:
        return 1000 // (x % 9)
    except ZeroDivisionError:
        return -x
    finally:
        count[0] += 1
count = [0]
def safe(x):
    try:
        return worse(x)
    except KeyError as e:
        return e.args[0]
def worse(x):
    if x % 50 == 49:
        raise KeyError(x)
    return risky(x)
print(sum([safe(i) for i in range(1000)]), count)
