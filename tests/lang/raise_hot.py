# Exceptions raised and caught in hot code: what is caught, what is handled then, and where it came from.
import sys

def lines(e):
    out = []
    t = e.__traceback__
    while t is not None:
        out.append((t.tb_frame.f_code.co_name, t.tb_lineno - t.tb_frame.f_code.co_firstlineno))
        t = t.tb_next
    return out

def handled():
    return repr(sys.exc_info()[1])

def plain(n):
    hits = 0
    for i in range(n):
        try:
            if i % 3:
                raise ValueError
            hits += 1
        except ValueError:
            hits += 10
    return hits

def with_value(n):
    total = 0
    for i in range(n):
        try:
            raise ValueError(i)
        except (KeyError, ValueError) as e:
            total += e.args[0]
    return total

def wrong_kind(n):
    got = []
    for i in range(n):
        try:
            try:
                raise KeyError(i)
            except ValueError:
                got.append('no')
        except KeyError as e:
            if i == n - 1:
                got.append(lines(e))
    return got, handled()

def in_handler(n):
    out = []
    for i in range(n):
        try:
            try:
                raise KeyError('first')
            except KeyError:
                raise ValueError('second')
        except ValueError as e:
            out = [repr(e.__context__), lines(e), lines(e.__context__), handled()]
    return out, handled()

def again(n):
    for i in range(n):
        try:
            try:
                raise KeyError(i)
            except KeyError:
                raise
        except KeyError as e:
            out = lines(e)
    return out, handled()

def in_finally(n):
    log = []
    for i in range(n):
        try:
            try:
                raise KeyError(i)
            finally:
                log.append(i)
                if i % 2:
                    raise ValueError(i)
        except (KeyError, ValueError) as e:
            last = repr(e), repr(e.__context__), lines(e)
    return len(log), last, handled()

def nested(n):
    out = []
    for i in range(n):
        try:
            try:
                try:
                    raise KeyError(1)
                finally:
                    out.append('f')
                    try:
                        raise IndexError(2)
                    except IndexError:
                        out.append(handled())
                    out.append(handled())
            except TypeError:
                out.append('never')
            finally:
                out.append(handled())
        except KeyError as e:
            out.append((repr(e), lines(e)))
        del out[:-5]
    return out, handled()

def thrower(x):
    if x % 2:
        raise ValueError(x)
    return x

def middle(x):
    try:
        return thrower(x) + 1
    finally:
        x = None

def outer(n):
    seen = 0
    last = None
    for i in range(n):
        try:
            seen += middle(i)
        except ValueError as e:
            seen += 1000
            last = lines(e), e.__traceback__.tb_next.tb_frame.f_locals
            dead = e.__traceback__.tb_next.tb_next.tb_frame.f_locals
    return seen, last, dead

def zero(n):
    t = 0
    for i in range(n):
        for f in (lambda a, b: a // b, lambda a, b: a % b, lambda a, b: a / b):
            try:
                t += f(i, i % 4)
            except ZeroDivisionError as e:
                t += 100
        try:
            t += 7 // (i % 3)
        except ZeroDivisionError as e:
            last = str(e), lines(e)
        try:
            t += 7.5 % float(i % 3)
        except ZeroDivisionError as e:
            last2 = str(e)
    return t, last, last2

def lookup(n):
    d = {'a': 1}
    l = [1, 2]
    t = 0
    for i in range(n):
        try:
            t += d['a' if i % 2 else 'b']
        except KeyError:
            t += 5
        try:
            t += l[i % 5]
        except IndexError:
            t += 7
        try:
            l.nothing
        except AttributeError as e:
            s = str(e)
    return t, s

def leaves(n):
    # The handler's own exception leaves the function.
    for i in range(n):
        try:
            raise KeyError(i)
        except KeyError:
            if i == n - 1:
                raise ValueError('out')

def returns(n):
    for i in range(n):
        try:
            raise KeyError(i)
        except KeyError:
            if i == n - 1:
                return handled()
        finally:
            x = i

def bare(n):
    for i in range(n):
        try:
            raise
        except RuntimeError as e:
            s = str(e), lines(e)
    return s

def not_an_exception(n):
    for i in range(n):
        try:
            raise 1
        except TypeError as e:
            s = str(e), lines(e)
    try:
        raise ValueError from 1
    except TypeError as e:
        return s, str(e)

def cause(n):
    for i in range(n):
        try:
            try:
                raise KeyError(i)
            except KeyError as k:
                raise ValueError(i) from k
        except ValueError as e:
            s = repr(e.__cause__), e.__suppress_context__, lines(e)
    return s

for f in (plain, with_value, wrong_kind, in_handler, again, in_finally, nested, outer, zero, lookup,
          returns, bare, not_an_exception, cause):
    print(f.__name__, f(300), handled())
for i in range(3):
    try:
        leaves(400)
    except ValueError as e:
        print(lines(e), lines(e.__context__), handled())
leaves(200)
