"""Trace events: comprehensions, lambdas, generators' absence, with, recursion, decorators, nested tracers, call_tracing."""
import sys

log = []


def tracer(frame, event, arg):
    if event == "exception":
        arg = (arg[0].__name__, str(arg[1]))
    elif event == "return" and not isinstance(arg, (int, str, type(None), list, tuple)):
        arg = type(arg).__name__
    log.append((event, frame.f_code.co_name, frame.f_lineno - base, arg))
    return tracer


def show(f, *args, **kw):
    global base
    base = f.__code__.co_firstlineno
    log.clear()
    sys.settrace(tracer)
    try:
        r = f(*args, **kw)
    except Exception as e:
        r = type(e).__name__
    finally:
        sys.settrace(None)
    print(f.__name__, r)
    for x in log:
        print("  ", x)


def comprehensions(n):
    a = [x * x
         for x in range(n)
         if x % 2]
    b = {x: y
         for x, y in zip(a, a)}
    c = {x for x in a}
    return a, sorted(b), len(c)


def callbacks(n):
    return sorted(
        range(n),
        key=lambda v: (
            -v
        ),
    )


def recursion(n):
    if n == 0:
        return 0
    return 1 + \
        recursion(n - 1)


def decorated():
    def deco(f):
        return f

    @deco
    @deco
    def g(
        a=1,
        *,
        b=2
    ):
        """doc"""
        return a + b

    return g()


def overflow(n):
    while True:
        n += 1
        try:
            if n > 3:
                break
            continue
        finally:
            n += 1
    else:
        n = 0
    return n


def chained():
    try:
        try:
            int("x")
        except ValueError as e:
            raise KeyError("k") from e
    except KeyError:
        pass
    try:
        raise
    except RuntimeError as e:
        return str(e)


def empty():
    pass


def docstring():
    """Only that."""


def one_line(): x = 1; y = 2; return x + y


def conditional(a):
    b = (1 if a
         else
         2)
    c = a and \
        b or \
        0
    assert (a
            or b), "m"
    del b
    return c


def unpack(*args, **kw):
    a, *b = args
    return a, b, sorted(kw)


show(comprehensions, 4)
show(callbacks, 3)
show(recursion, 3)
show(decorated)
show(overflow, 0)
show(chained)
show(empty)
show(docstring)
show(one_line)
show(conditional, 0)
show(conditional, 1)
show(unpack, 1, 2, 3, k=4)
show(lambda: [i for i in (1, 2)])


def deep(n):
    return n and deep(n - 1)


count = [0]


def counting(frame, event, arg):
    count[0] += 1
    return counting


for i in range(3):
    count[0] = 0
    sys.settrace(counting)
    deep(50)
    sys.settrace(None)
    print(count)


def swap(frame, event, arg):
    print("swap", event, frame.f_lineno - base)
    sys.settrace(second)
    return swap


def second(frame, event, arg):
    print("second", event, frame.f_code.co_name)


def body():
    empty()
    return 1


base = body.__code__.co_firstlineno
sys.settrace(swap)
body()
sys.settrace(None)


def inner_traced(frame, event, arg):
    if frame.f_code is body.__code__ and event == "line":
        print("call_tracing", sys.call_tracing(deep, (2,)))
    else:
        print("it", event, frame.f_code.co_name)
    return inner_traced


sys.settrace(inner_traced)
body()
sys.settrace(None)


def hot(n):
    t = 0
    for i in range(n):
        t += i
    return t


events = [0]


def cheap(frame, event, arg):
    events[0] += 1
    return cheap


def start_inside(n):
    t = 0
    for i in range(n):
        if i == 5:
            sys.settrace(cheap)
        if i == 8:
            sys.settrace(None)
        t += hot(3)
    return t


for i in range(3):
    events[0] = 0
    print(start_inside(12), hot(2000), events)
