# What a hot generator's frame shows: gi_frame, f_locals, f_lineno, gi_running, locals(), sys._getframe.
import sys


def g(n):
    a = 0
    for i in range(n):
        a += i
        b = str(i)
        yield a
    c = 1
    yield c


it = g(1000)
for k in range(700):
    v = next(it)
    if k in (250, 399, 699):
        f = it.gi_frame
        print(v, f.f_lineno, f.f_lasti > 0, sorted(f.f_locals.items(), key=str)[:4], it.gi_running)
        del f
rest = list(it)
print(len(rest), rest[-1], it.gi_frame)


def looks(n):
    for i in range(n):
        x = i * 2
        if i % 250 == 249:
            yield sorted(k for k in locals()), sys._getframe().f_lineno, sys._getframe().f_back.f_code.co_name
        yield i


print([v for v in looks(800) if isinstance(v, tuple)])


def running():
    for i in range(600):
        yield me.gi_running if i % 200 else (me.gi_running, me.gi_frame.f_code.co_name)


me = running()
print([v for v in me if v is not True])


def inner(n):
    for i in range(n):
        if i == 500:
            f = sys._getframe()
            names = []
            while f is not None:
                names.append((f.f_code.co_name, f.f_lineno))
                f = f.f_back
            yield names
        yield i


def outer(n):
    yield from inner(n)


def driver():
    out = []
    for x in outer(600):
        if isinstance(x, list):
            out.append(x)
    return out


print(driver())


def exceptions(n):
    for i in range(n):
        try:
            if i % 100 == 50:
                raise ValueError(i)
            yield i
        except ValueError as e:
            tb = e.__traceback__
            yield (tb.tb_lineno, tb.tb_frame.f_locals['i'])


print([v for v in exceptions(500) if isinstance(v, tuple)])
