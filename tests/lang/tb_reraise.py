# traceback of a re-raised exception keeps its first lines
def f():
    raise ValueError('x')
def g():
    try:
        f()
    except ValueError:
        print('seen')
        raise
def h():
    try:
        g()
    except ValueError as e:
        raise e
h()
