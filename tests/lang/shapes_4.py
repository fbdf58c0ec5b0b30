# Random control flow (tests/fuzz/shapes.py, seed 82).
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
    with mgr() as g, mgr():
        try:
            while say(len(log)) % 4:
                while say(len(log)) % 2:
                    if n % 2 == 0:
                        with mgr() as a:
                            return {**{"k": n}, "z": 1}
                            raise
                        say("after")
                        try:
                            b = l[1:]
                            say({**{"k": n}, "z": 1})
                        finally:
                            raise IndexError(3)
                    for a in l:
                        say("loop")
                        try:
                            return [*l, n]
                            del l[0]
                            a, *b = l
                        except KeyError as a:
                            return 10 // (n - 5)
                            *a, b = l, n
                        finally:
                            b = {**{"k": n}, "z": 1}
                            continue
                        for i in [(1, 2), (n, 3)]:
                            say("loop")
                            raise
                            say(l[::-1])
                    else:
                        if (w := n) < 6:
                            continue
                            continue
                        else:
                            raise IndexError(45)
        finally:
            say(max(*l, n))
            raise TypeError(29)
            try:
                with mgr() as g, mgr() as h:
                    say([x := n, x])
                    try:
                        with mgr() as a:
                            say(a, b)
                        say("after")
                    finally:
                        try:
                            return {**{"k": n}, "z": 1}
                            say(sorted({i % 3 for i in l}))
                            say(a, b)
                        except IndexError as e:
                            say(a, b)
                            a = [*l, n]
                        else:
                            say(f'{n:>{3}}')
                            return n
                        say([(i, j) for i in range(3) for j in range(i)])
            except ArithmeticError as e:
                (a, *b), c = l, 1
                say(a, b)
                say(10 // (n - 3))
            else:
                raise
                say(a, b)
                a = {**{"k": n}, "z": 1}
        a = {**{"k": n}, "z": 1}
        say(max(*l, n))
    say("after")
    say([(i, j) for i in range(3) for j in range(i)])
    del b
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
