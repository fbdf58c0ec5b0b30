# traceback passing through finally bodies
def f():
    try:
        1 / 0
    finally:
        print('f')
def g():
    try:
        f()
    finally:
        print('g')
g()
