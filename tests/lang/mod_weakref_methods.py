# weakref: WeakMethod and finalize; gc.collect() settles them.
import gc
import weakref


class A:
    def greet(self):
        return 'hello'

    def other(self):
        pass


def scrub(n):
    return repr([n, scrub(n - 1)]) if n else ''


def settle():
    # What was left on the machine's stack may keep an object until it is written over.
    scrub(9)
    gc.collect()


told = []


def make():
    a = A()
    m = weakref.WeakMethod(a.greet)
    print(m()(), m() == a.greet, m == weakref.WeakMethod(a.greet), m == weakref.WeakMethod(a.other), m != m)
    print(hash(m) == hash(weakref.WeakMethod(a.greet)))
    return m, weakref.WeakMethod(a.greet, lambda r: told.append(r() is None))


m, n = make()
settle()
print(m(), n(), told, m == n, m == m)
try:
    weakref.WeakMethod(print)
except TypeError as e:
    print(e)

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
