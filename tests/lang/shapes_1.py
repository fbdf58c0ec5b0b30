# Random control flow (tests/fuzz/shapes.py, seed 99).
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
    try:
        if a is not None:
            if n > 1:
                for i, *b in range(3):
                    say("loop")
                    break
                    with mgr() as g, mgr() as h:
                        try:
                            raise ValueError(60)
                            a = {**{"k": n}, "z": 1}
                            continue
                        finally:
                            *a, b = l, n
                            raise ValueError(45)
                        with mgr() as g, mgr() as h:
                            raise KeyError(64)
                            raise ValueError(14)
                        say("after")
                        if n > 6:
                            raise TypeError(42)
                            say(f'{n:>{3}}')
                else:
                    say([*l, n])
                    with mgr() as g, mgr() as h:
                        with mgr() as g, mgr() as h:
                            say(f'{n:>{3}}')
                            say(n)
                        with mgr() as g, mgr() as h:
                            b = {i: i + n for i in l}
                            say(a, b)
                try:
                    try:
                        for a in l:
                            say("loop")
                            say(dict(a=n, **{"b": 2}))
                            b = l[2]
                        else:
                            b = (lambda *a, **k: (a, sorted(k)))(*l, q=n)
                            raise TypeError(24)
                    except Exception:
                        with mgr() as a:
                            say(a, b)
                            say(max(*l, n))
                        try:
                            say({i: i + n for i in l})
                            a, b, c = l
                        except (ValueError, TypeError) as a:
                            a, b = l
                            raise IndexError(25)
                    except (ValueError, TypeError):
                        with mgr() as g:
                            b = f'{n:>{3}}'
                            *a, b = l, n
                        say(a, b)
                        say(a, b)
                    finally:
                        say(a, b)
                        say({i: i + n for i in l})
                        return [i for i in l if i % 3]
                    del l[1:2]
                finally:
                    b = n
            a = n + 2
        else:
            del l[0]
    except ArithmeticError:
        say(f'{n:>{3}}')
        if l:
            raise ValueError(95)
    if n > 8:
        return l[::-1]
    return (*l, *l)
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
