# traceback lines of statements that span lines
def f(a,
          b):
    return (a
            +
            b)
def g():
    return f(
        1,
        'a'
    )
g()
