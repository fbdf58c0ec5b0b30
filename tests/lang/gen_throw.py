# throw: caught, uncaught, with values and tracebacks, into generators that have not started or have ended.
import sys


def g():
    while True:
        try:
            x = yield 'ready'
            print('got', x)
        except ValueError as e:
            print('caught', repr(e), e.__context__)


it = g()
print(next(it))
print(it.throw(ValueError), it.throw(ValueError, 'text'), it.throw(ValueError, ('a', 'b')), it.throw(ValueError('made')))
print(it.throw(ValueError, ValueError('given')), it.throw(ValueError, None), it.throw(ValueError('x'), None, None))
for args in ((1,), ('x',), (int,), (ValueError('x'), 1), (ValueError, 'v', 3), (ValueError, 'v', 'tb')):
    try:
        print(it.throw(*args))
    except TypeError as e:
        print('TypeError', e)
try:
    it.throw(KeyError, 'k')
except KeyError as e:
    print('out', repr(e))
    tb = e.__traceback__
    names = []
    while tb:
        names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    print(names)
try:
    next(it)
except StopIteration as e:
    print('ended', repr(e))
try:
    it.throw(KeyError('again'))
except KeyError as e:
    print('out', repr(e))

it = g()
try:
    it.throw(OSError, 'not started')
except OSError as e:
    tb = e.__traceback__.tb_next
    print(repr(e), tb.tb_lineno, tb.tb_lasti, tb.tb_frame.f_code.co_name, tb.tb_next)
print(list(it))


def broken():
    yield 1


class_error = 0
try:
    i = broken()
    next(i)
    i.throw(UnicodeDecodeError)
except TypeError as e:
    print(e)


def cleanup():
    try:
        yield 1
    finally:
        print('finally', sys.exc_info()[1])


it = cleanup()
next(it)
try:
    it.throw(RuntimeError('boom'))
except RuntimeError as e:
    print(repr(e), e.__context__)


def swallow():
    try:
        yield 1
    except BaseException as e:
        print('swallowed', type(e).__name__)
    return 'value'


for exc in (KeyboardInterrupt, SystemExit(3), GeneratorExit, StopIteration('s')):
    it = swallow()
    next(it)
    try:
        it.throw(exc)
    except StopIteration as e:
        print(repr(e))


def replace():
    try:
        yield
    except ValueError:
        raise KeyError('new')


it = replace()
next(it)
try:
    it.throw(ValueError('old'))
except KeyError as e:
    print(repr(e), repr(e.__context__), e.__cause__)


def yields_in_handler():
    try:
        yield 1
    except ValueError:
        yield 2
        yield sys.exc_info()[0]
    yield sys.exc_info()[0]


it = yields_in_handler()
print(next(it), it.throw(ValueError), next(it), next(it))
tb = None
try:
    raise LookupError('first')
except LookupError as e:
    tb = e.__traceback__
it = broken()
next(it)
try:
    it.throw(IndexError, 'with tb', tb)
except IndexError as e:
    n = 0
    t = e.__traceback__
    while t:
        n += 1
        t = t.tb_next
    print(repr(e), n)
