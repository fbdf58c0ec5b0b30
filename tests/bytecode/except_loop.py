def f(a):
    for i in a:
        try:
            x
        except A:
            break
        except B as b:
            continue
        except C as c:
            return c
        except D:
            return (1, i)
        else:
            break
    while a:
        try:
            if x: break
            continue
        except:
            continue
