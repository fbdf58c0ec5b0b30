# traceback of an exception raised while another is handled
def f():
    raise KeyError('inner')
def g():
    try:
        f()
    except KeyError:
        [][3]
g()
