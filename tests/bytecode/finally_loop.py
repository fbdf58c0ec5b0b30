def f(a):
    for i in a:
        try:
            if i: break
            if b: continue
            return i
        finally:
            c
def g(a):
    while a:
        try:
            x
        finally:
            if b: break
            if c: continue
            return 1
def h(a):
    for i in a:
        for j in i:
            try:
                if j: return j
                break
            except E as e:
                if e: continue
                break
            finally:
                if a: break
        else:
            continue
        break
def k():
    while 1:
        try:
            continue
        finally:
            break
