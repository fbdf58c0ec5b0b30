# `with`, in every way in and out. The manager `cm(name, swallow)` is made by the test that runs this:
# it appends what happens to `log`, gives its name on entry, and ends exceptions if `swallow` is true.


def show(*values):
    print(*values, '|', *log)
    log.clear()


def plain():
    with cm('a') as x:
        log.append('body')
    return x


show(plain())


def two():
    with cm('a') as x, cm('b') as y:
        log.append(x + y)


show(two())


def nested_target():
    d = {}
    with cm('a') as d['k'], cm('bc') as (p, q):
        return d, p, q


show(nested_target())


def returns(n):
    with cm('a'):
        with cm('b'):
            return n + 1


show(returns(1))


def loops():
    out = []
    for i in range(5):
        with cm('l%d' % i):
            if i == 1:
                continue
            if i == 3:
                break
            out.append(i)
    else:
        out.append('else')
    return out


show(loops())


def raises(swallow):
    with cm('r', swallow) as x:
        log.append('before')
        raise ValueError('boom')
    return 'after ' + x


show(raises(True))
try:
    raises(False)
except ValueError as e:
    show('out', e, e.__context__)


def inner_swallows():
    with cm('outer', False):
        with cm('inner', 1):
            {}['missing']
        log.append('between')
        with cm('inner2', []):
            pass
    return 'done'


show(inner_swallows())


def in_finally():
    try:
        with cm('f', True):
            return 1
    finally:
        with cm('g', True):
            raise KeyError('in finally')
        log.append('end')


show(in_finally())


def in_handler():
    try:
        1 / 0
    except ZeroDivisionError as e:
        with cm('h', True):
            raise ValueError('second')
        try:
            raise
        except ZeroDivisionError as again:
            return again is e


show(in_handler())


def exit_raises():
    try:
        with cm('x', 'raise'):
            log.append('body')
    except LookupError as e:
        return repr(e), repr(e.__context__)


show(exit_raises())


def exit_raises_over():
    try:
        with cm('x', 'raise'):
            raise ValueError('first')
    except LookupError as e:
        return repr(e), repr(e.__context__)


show(exit_raises_over())


def enter_raises():
    try:
        with cm('ok', False), cm('bad', 'no entry'):
            log.append('never')
    except RuntimeError as e:
        return repr(e)


show(enter_raises())


def return_swallowed():
    for i in range(3):
        with cm('s', True):
            if i < 2:
                raise StopIteration(i)
            return i


show(return_swallowed())


def try_in_with():
    with cm('t', True):
        try:
            with cm('u', False):
                raise KeyError(1)
        except KeyError:
            log.append('caught')
            raise
        finally:
            log.append('finally')
    return 'after'


show(try_in_with())


def depth(n):
    if n == 0:
        raise ValueError('deep')
    with cm('d%d' % n, n == 3):
        depth(n - 1)
    return n


show(depth(5))


def hot(n):
    total = 0
    for i in range(n):
        with cm('h', True) as name:
            total += len(name)
            if i % 7 == 0:
                raise ValueError(i)
            if i % 5 == 0:
                continue
            total += 1
    return total


print(hot(300), len(log), log[-4:])
log.clear()


def hot_return(i):
    with cm('a', True):
        with cm('b', False):
            if i % 3 == 0:
                return i
            if i % 3 == 1:
                raise KeyError(i)
    return -i


print(sum([hot_return(i) for i in range(300)]), len(log))
log.clear()
with cm('module') as m:
    print(m)
with cm('module', True):
    undefined
show()


def handled():
    import sys
    with cm('q', True):
        raise ValueError(1)
    first = sys.exc_info()
    try:
        raise KeyError(2)
    except KeyError:
        with cm('w', True):
            raise TypeError(3)
        return first[0], sys.exc_info()[0].__name__


show(handled())
