# `with` in hot code: the manager's methods are called as they are; they and it change.
import sys


class Guard:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log[0] += 1
        return self

    def __exit__(self, kind, value, traceback):
        self.log[1] += 1
        self.seen = kind and kind.__name__, str(value), traceback is not None
        return kind is not None and issubclass(kind, KeyError)


class Loud(Guard):
    def __exit__(self, kind, value, traceback):
        if self.log[1] % 50 == 49:
            self.log[1] += 1
            raise RuntimeError('in exit %d' % self.log[1])
        return super().__exit__(kind, value, traceback)


class Shy(Guard):
    def __enter__(self):
        if self.log[0] % 40 == 39:
            self.log[0] += 1
            raise LookupError('in enter %d' % self.log[0])
        self.log[0] += 1
        return 5


def work(cls, n):
    log = [0, 0]
    got = []
    total = 0
    for i in range(n):
        try:
            with cls(log) as g:
                total += 1
                if i % 5 == 0:
                    raise KeyError(i)
                if i % 7 == 0:
                    raise ValueError(i)
                if i % 11 == 0:
                    continue
                total += 10
        except ValueError as e:
            total += 100
            got.append(repr(e.__context__))
        except (RuntimeError, LookupError) as e:
            got.append((str(e), repr(e.__context__)))
            total += 1000
        if i % 13 == 0:
            total += returns(cls, log, i)
    return total, log, got[-6:], sys.exc_info()


def returns(cls, log, i):
    with cls(log):
        for k in range(3):
            with cls(log):
                if k == i % 4:
                    return k
    return 9


for cls in (Guard, Loud, Shy, Guard):
    for round in range(2):
        try:
            print(cls.__name__, work(cls, 600))
        except Exception as e:
            print(type(e).__name__, e)


def traced(cls, log, i):
    with cls(log) as g:
        with Guard(log):
            return 10 // (i % 200)


log = [0, 0]
for i in range(1, 601):
    try:
        traced(Guard, log, i)
    except ZeroDivisionError as e:
        t, lines = e.__traceback__, []
        while t:
            lines.append((t.tb_lineno, t.tb_frame.f_code.co_name, sorted(t.tb_frame.f_locals)[:2]))
            t = t.tb_next
        print(log, lines)


def one(log):
    with Guard(log) as g:
        return g.log


for i in range(400):
    if i == 300:
        def enter(self):
            print('another enter')
            return Guard([i, i])
        Guard.__enter__ = enter
    if i == 302:
        Guard.__exit__ = lambda self, *rest: print('another exit', rest)
    if i == 304:
        del Guard.__enter__
    try:
        r = one(log)
        if i > 298:
            print(r)
    except AttributeError as e:
        print(e)
        break


def deep(n):
    try:
        with Guard([0, 0]):
            return deep(n + 1)
    except RecursionError:
        return 1


Guard.__enter__ = lambda self: self
Guard.__exit__ = lambda self, a, b, c: None
print(deep(0))
