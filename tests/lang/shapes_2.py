# Random control flow (tests/fuzz/shapes.py, seed 94).
log = []


def say(*v):
    log.append(v[0] if len(v) == 1 else v)
    if len(log) > 400:
        raise MemoryError('too much')
    return v[-1]


def mgr():
    return open(__file__)


def f(n, l):
    a = b = c = None
    if not n:
        for a in [(1, 2), (n, 3)]:
            say("loop")
            if n % 3 == 2:
                try:
                    try:
                        for i in zip(l, l):
                            say("loop")
                            break
                            a = {**{"k": n}, "z": 1}
                    except ValueError as a:
                        try:
                            say(n + 4)
                        except ArithmeticError as a:
                            break
                        finally:
                            say(l[0])
                            raise KeyError(26)
                            return [(i, j) for i in range(3) for j in range(i)]
                    else:
                        if n > 8:
                            b = l[::-1]
                            continue
                    finally:
                        if l:
                            a = (*l, *l)
                            b = (lambda *a, **k: (a, sorted(k)))(*l, q=n)
                        else:
                            return [i for i in l if i % 1]
                    with mgr() as g:
                        while say(len(log)) % 5:
                            raise IndexError(13)
                    say("after")
                except Exception as e:
                    with mgr() as g, mgr():
                        try:
                            del a
                        finally:
                            say(l[::-1])
                            return n
                            say(l[1])
                        while say(len(log)) % 4:
                            return l[1:]
                except Exception as a:
                    with mgr() as a:
                        if l:
                            break
                            raise KeyError(18)
                            b = sorted({i % 3 for i in l})
                        if not n:
                            raise TypeError(5)
                            a = (lambda *a, **k: (a, sorted(k)))(*l, q=n)
                say({i: i + n for i in l})
            else:
                try:
                    try:
                        if n % 2 == 1:
                            return dict(a=n, **{"b": 2})
                            say({**{"k": n}, "z": 1})
                            b = {i: i + n for i in l}
                        a = n + 2
                    finally:
                        break
                        say(l[1:])
                except ZeroDivisionError:
                    a = [(i, j) for i in range(3) for j in range(i)]
                    a = (*l, *l)
                    b = sorted({i % 3 for i in l})
                except (ValueError, TypeError) as e:
                    raise ValueError(50)
            if n % 3 == 1:
                continue
    if l:
        say(a, b)
    b = n + 3
    return a, b, c

for n in list(range(12)) * 3:
    log.clear()
    try:
        r = f(n, [n, n + 1, n * 2])
    except Exception as e:
        c = e.__context__
        lines = []
        tb = e.__traceback__
        while tb:
            lines.append(tb.tb_lineno)
            tb = tb.tb_next
        print(n, 'raised', repr(e), repr(c), lines[1:], log)
    else:
        print(n, r, log)
