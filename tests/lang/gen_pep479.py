# StopIteration that leaves a generator becomes RuntimeError, with its cause and context.
def direct():
    yield 1
    raise StopIteration('direct')


def indirect():
    it = iter(())
    while True:
        yield next(it)


def caught():
    try:
        next(iter(()))
    except StopIteration:
        yield 'caught'


for f in (direct, indirect, caught, lambda: (next(iter(())) for _ in range(2))):
    try:
        print(list(f()))
    except RuntimeError as e:
        print(repr(e), repr(e.__cause__), e.__context__ is e.__cause__, e.__suppress_context__)
        tb = e.__traceback__
        print(tb.tb_next)
        tb = e.__cause__.__traceback__
        while tb:
            print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
            tb = tb.tb_next


def outer():
    yield from direct()


try:
    for x in outer():
        print(x)
except RuntimeError as e:
    print(repr(e), repr(e.__cause__))
g = direct()
try:
    g.throw(StopIteration(7))
except RuntimeError as e:
    print(repr(e), repr(e.__cause__))
g = direct()
next(g)
try:
    g.throw(StopIteration, 8)
except RuntimeError as e:
    print(repr(e), repr(e.__cause__))


def sub():
    class_ = StopIteration
    yield
    raise class_


it = sub()
next(it)
try:
    next(it)
except RuntimeError as e:
    print(repr(e))
print(list(it))
