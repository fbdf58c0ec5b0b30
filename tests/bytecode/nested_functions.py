def a():
    def b():
        def c():
            return lambda: (lambda: 1)
        return c
    x = lambda: b
    return b
global g
def f():
    global g
    def g():
        def h(): pass
