import ring.one
VALUE = 2
def back():
    return ring.one.VALUE
