# A traceback shows what the variables were when the exception left, though a finally body changed them after it was raised.
def gen():
    try:
        raise KeyError
    finally:
        x = yield 1
        if x is None:
            x = 2


def fun(k):
    try:
        raise KeyError
    finally:
        x = k
        if x is None:
            x = 2


def fun2(k):
    try:
        k['a']
    except KeyError:
        x = k.get(1)
        if x is None:
            x = 2
        raise


def fun3(k):
    x = k.get(1)
    if x is None:
        x = 2
    raise KeyError


def gen2():
    x = yield 1
    if x is None:
        x = 2
    raise KeyError


def show(f, *a):
    try:
        list(f(*a)) if f.__name__.startswith('gen') else f(*a)
    except KeyError as e:
        tb = e.__traceback__
        while tb.tb_next:
            tb = tb.tb_next
        print(f.__name__, sorted(tb.tb_frame.f_locals.items()))


for i in range(3):
    show(gen)
    show(gen2)
    show(fun, None)
    show(fun2, {})
    show(fun3, {})
