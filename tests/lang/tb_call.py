# uncaught TypeError from binding arguments names the caller's line
def f(a, b):
    pass
def g():
    f(1)
g()
