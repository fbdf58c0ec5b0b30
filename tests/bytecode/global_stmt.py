global x
x = 1
def f():
    global y, z
    y = x
    z = 1
    def g():
        return y + z
    return g
def h():
    x = 1
    def i():
        global x
        x = 2
        def j():
            return x
