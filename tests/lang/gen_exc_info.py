# What is handled inside a generator is its own, or what its present caller handles.
import sys


def info():
    return sys.exc_info()[0]


def g():
    yield info()
    try:
        raise KeyError('own')
    except KeyError:
        yield info()
        yield info()
        try:
            raise IndexError('inner')
        except IndexError:
            yield info()
        yield info()
    yield info()
    try:
        yield 'try'
    finally:
        yield info()
    yield info()


def drive(it, exc):
    try:
        if exc:
            raise exc
        return next(it), info()
    except Exception:
        r = next(it)
        return r, info()


it = g()
for e in (ValueError, None, OSError, TypeError, None, ValueError, None, ValueError, OSError):
    print(drive(it, e))


def bare():
    yield 1
    raise


it = bare()
next(it)
try:
    try:
        raise ValueError('outer')
    except ValueError:
        next(it)
except ValueError as e:
    print('reraised', repr(e))
it = bare()
next(it)
try:
    next(it)
except RuntimeError as e:
    print(e)


def context():
    try:
        yield 1
    except GeneratorExit:
        pass
    raise OSError('from generator')


def chain(it):
    next(it)
    try:
        raise ValueError('v')
    except ValueError:
        try:
            next(it)
        except OSError as e:
            print(repr(e), repr(e.__context__))
            print(repr(sys.exc_info()[1]))
        print(repr(sys.exc_info()[1]))
    print(sys.exc_info()[1])


chain(context())


def handler_context():
    try:
        raise KeyError('k')
    except KeyError:
        yield 1
        raise IndexError('i')


it = handler_context()
next(it)
try:
    try:
        raise ValueError('other')
    except ValueError:
        next(it)
except IndexError as e:
    print(repr(e), repr(e.__context__), e.__context__.__context__)


def ends_in_handler():
    try:
        raise KeyError('k')
    except KeyError:
        yield info()
        return


for x in ends_in_handler():
    print(x, info())
print(info())


def with_like():
    try:
        raise KeyError('a')
    except KeyError:
        try:
            yield info()
        finally:
            print('finally', info())
    print('after', info())
    yield info()


it = with_like()
print(next(it), info())
try:
    raise OSError
except OSError:
    print(next(it), info())
it = with_like()
next(it)
try:
    it.throw(ValueError('t'))
except ValueError as e:
    print(repr(e), repr(e.__context__))
    print(info())
print(info())


def delegating():
    try:
        raise KeyError('outer')
    except KeyError:
        yield from g()
        yield info()


print([x for x in delegating()])
