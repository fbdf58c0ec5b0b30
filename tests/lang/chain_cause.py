# traceback of raise … from
def f():
    try:
        {}['k']
    except KeyError as e:
        raise ValueError('outer') from e
f()
