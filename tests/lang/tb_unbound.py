# uncaught UnboundLocalError
def f():
    if 0:
        v = 1
    return v
f()
