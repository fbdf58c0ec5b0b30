# locals, cells and globals before assignment
def t(f):
    try:
        print(f())
    except NameError as e:
        print(type(e).__name__, e)
def l1():
    print(x)
    x = 1
def l2(c):
    if c:
        y = 1
    return y
def l3():
    def g():
        return z
    r = g()
    z = 1
    return r
def l4():
    def g():
        nonlocal w
        w += 1
    if 0:
        w = 1
    g()
def l5():
    return no_such_global
def l6():
    for q in ():
        pass
    return q
def l7():
    x += 1
t(l1)
t(lambda: l2(1))
t(lambda: l2(0))
t(l3)
t(l4)
t(l5)
t(l6)
t(l7)
def hot(n, c):
    s = 0
    for i in range(n):
        if i == c:
            late = 5
        if i > 90:
            s += late
    return s
t(lambda: hot(100, 10))
t(lambda: hot(100, 1000))
