# Trace and profile functions see each resume as a call and each yield as a return.
import sys


def g():
    x = yield 1
    try:
        yield 2
    except ValueError:
        yield 3
    return 4


def over():
    yield from g()
    yield 5


log = []


def tracer(frame, event, arg):
    if frame.f_code.co_name in ('g', 'over', 'use', '<genexpr>'):
        if event == 'exception':
            arg = arg[0].__name__
        log.append((frame.f_code.co_name, event, frame.f_lineno, arg))
    return tracer


def use():
    for x in g():
        pass
    it = g()
    next(it)
    it.send('v')
    it.throw(ValueError)
    try:
        next(it)
    except StopIteration:
        pass
    sum(i for i in range(2))


def show():
    for row in log:
        print(*row)
    print(len(log))
    log.clear()


sys.settrace(tracer)
use()
sys.settrace(None)
show()
sys.settrace(tracer)
list(over())
sys.settrace(None)
show()


def profiler(frame, event, arg):
    if frame.f_code.co_name in ('g', 'over', 'use'):
        log.append((frame.f_code.co_name, event, arg if event != 'c_call' and event != 'c_return' else arg.__name__))


sys.setprofile(profiler)
use()
sys.setprofile(None)
show()
it = g()
try:
    sys.settrace(tracer)
    it.throw(KeyError('unstarted'))
except KeyError:
    pass
sys.settrace(None)
show()


def sets():
    yield 1
    sys.settrace(tracer)
    yield 2
    sys.settrace(None)
    yield 3


print(list(sets()))
