"one " "two"
def f():
    "doc"
    "not doc"
    return "x"
def g():
    "a" + "b"
def h():
    """only
    doc"""
