def f(x):
    try:
        a = x()
    except ValueError as e:
        a = e
    except (KeyError, IndexError):
        return 1
    else:
        return a
    return 2
def g():
    try:
        return 1
    except E as e:
        return e
def h():
    try:
        x
    except:
        return 1
def i():
    def j():
        return e
    try:
        x
    except E as e:
        j()
def k():
    global e
    try:
        x
    except E as e:
        pass
