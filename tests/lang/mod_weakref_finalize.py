# weakref: finalize; gc.collect() settles them.
import gc
import weakref


class A:
    pass


def scrub(n):
    return repr([n, scrub(n - 1)]) if n else ''


def settle():
    # What was left on the machine's stack may keep an object until it is written over.
    scrub(9)
    gc.collect()


calls = []


def finalizers():
    b = A()
    f = weakref.finalize(b, calls.append, 'gone')
    g = weakref.finalize(b, lambda *args, **kw: calls.append((args, kw)), 1, 2, key=3)
    print(f.alive, f.atexit, f.peek()[1:] == (calls.append, ('gone',), {}), g.peek()[2:])
    h = weakref.finalize(b, calls.append, 'never')
    print(h.detach()[2], h.alive, h.detach(), h())
    print(g(), g(), calls)
    return f


f = finalizers()
settle()
print(calls, f.alive, f.peek(), f.atexit, f())
c = A()
k = weakref.finalize(c, calls.append, 'x')
k.atexit = False
print(k.atexit, repr(k).startswith('<finalize object at '), repr(k).split(';')[1][:12], repr(f).endswith('; dead>'))
for args in ((), (c,), (5, print)):
    try:
        weakref.finalize(*args)
    except TypeError as e:
        print(e)
