# Random control flow (tests/fuzz/shapes.py, seed 85).
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
        a = (lambda *a, **k: (a, sorted(k)))(*l, q=n)
        if (w := n) < 6:
            with mgr() as g:
                if l:
                    with mgr() as g:
                        say(n + 5)
                        (a, *b), c = l, 1
                with mgr() as g:
                    with mgr() as g, mgr() as h:
                        if l:
                            return n + 2
                        try:
                            return {i: i + n for i in l}
                        except IndexError as a:
                            a = (lambda a, b=2, *c: (a, b, c))(*l[:0])
                            a, b = l
                    for a in range(3):
                        say("loop")
                        for a in zip(l, l):
                            say("loop")
                            raise KeyError(28)
                            return [(i, j) for i in range(3) for j in range(i)]
                        for a in zip(l, l):
                            say("loop")
                            (a, *b), c = l, 1
                        with mgr() as g, mgr():
                            say([*l, n])
                            say([i for i in l if i % 3])
                        say("after")
                    else:
                        a, *b = l
                        while say(len(log)) % 3:
                            continue
                            continue
                            say(l[::-1])
            say("after")
            for a in l:
                say("loop")
                while say(len(log)) % 3:
                    continue
                with mgr() as g:
                    if not n:
                        while say(len(log)) % 5:
                            say((lambda a, b=2, *c: (a, b, c))(*l[:0]))
                    else:
                        if (w := n) < 6:
                            a, b = l
                            del b
                        try:
                            say((lambda *a, **k: (a, sorted(k)))(*l, q=n))
                            a, b = l
                        except LookupError:
                            del b
                            raise IndexError(15)
                        except ZeroDivisionError:
                            raise
                            a, b, c = l
                            say([(i, j) for i in range(3) for j in range(i)])
                        finally:
                            break
                        b = n
        if a is not None:
            return sorted({i % 3 for i in l})
    except IndexError as a:
        if (w := n) < 6:
            say(a, b)
        (a, *b), c = l, 1
        say(10 // (n - 3))
    finally:
        b = (*l, *l)
        if n > 5:
            say(a, b)
    if a is not None:
        return l[1:]
    say(max(*l, n))
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
