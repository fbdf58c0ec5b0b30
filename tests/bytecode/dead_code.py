def f():
    return 1
    x = 2
def g(a):
    if a:
        return 1
        b
    else:
        return 2
    c
def h():
    raise a
    b
def i():
    while 1:
        break
        a
        continue
def j(a):
    for x in a:
        return x
        y
    else:
        return 3
    z
def k():
    return
    try:
        a
    finally:
        b
def l():
    while 1:
        return 1
def m():
    return 1
    for i in a:
        b
