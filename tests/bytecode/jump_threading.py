def f(a, b, c):
    while a:
        if b:
            if c:
                x
            else:
                y
        elif c:
            continue
        else:
            break
def g(a, b, c):
    if a:
        if b:
            return 1
        else:
            x
    else:
        y
def h(a, b, c, d):
    return (a and b) or (c and d)
def i(a, b, c, d):
    return (a or b) and (c or d)
def j(a, b, c):
    x = a and (b or c)
    y = a or (b and c)
    if (a and b) or c:
        return 1
    while (a or b) and c:
        pass
def k(a):
    for i in a:
        if i:
            for j in i:
                if j:
                    continue
                else:
                    break
        else:
            pass
