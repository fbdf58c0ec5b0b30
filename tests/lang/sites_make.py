# Calls of classes at places that have called them before.
import sys


class P:
    made = 0

    def __init__(self, x, y=2):
        self.x = x
        self.y = y
        P.made += 1


def make(n):
    return [P(i) for i in range(n)]


all = make(40)
print(all[-1].x, all[-1].y, P.made, [tuple(vars(p)) for p in all[-2:]])


def attempt(f, n=6):
    out = []
    for i in range(n):
        try:
            out.append(f(i))
        except Exception as e:
            out.append('%s: %s' % (type(e).__name__, e))
    print(out[0], out[-1])


class Bad:
    def __init__(self):
        return 3


class Raises:
    def __init__(self, n):
        raise ValueError(n)


class Rebinds:
    def __init__(self, v):
        self.v = v
        self = None


class Gen:
    def __init__(self):
        yield 1


class Bare:
    pass


class Meta(type):
    def __call__(cls, *a):
        return 'meta'


class M(metaclass=Meta):
    def __init__(self):
        pass


attempt(lambda i: Bad())
attempt(lambda i: Raises(i))
attempt(lambda i: Rebinds(i).v)
attempt(lambda i: Gen())
attempt(lambda i: type(Bare()).__name__)
attempt(lambda i: Bare(1))
attempt(lambda i: P())
attempt(lambda i: P(1, 2, 3))
attempt(lambda i: P(1, y=5).y)
attempt(lambda i: M())


def changes():
    class C:
        def __init__(self, a):
            self.a = a
    out = []
    for i in range(20):
        if i == 8:
            C.__init__ = lambda self, a: setattr(self, 'b', a)
        if i == 14:
            del C.__init__
        if i == 16:
            C.__init__ = lambda self, a: 'something'
        if i == 18:
            C.__init__ = lambda self, a, b: None
        try:
            c = C(i)
            out.append(c if isinstance(c, str) else vars(c))
        except TypeError as e:
            out.append(str(e))
    for o in out[7:]:
        print(o)


changes()


def new_in_the_loop():
    class C:
        def __init__(self, a):
            self.a = a
    out = []
    for i in range(12):
        if i == 8:
            C.__new__ = lambda cls, a: 'new'
        out.append(C(i))
    print(out[8:], out[7].a)


new_in_the_loop()


class Deep:
    def __init__(self, n):
        self.below = Deep(n - 1) if n else None


def depth(n):
    d, c = Deep(n), 0
    while d:
        d, c = d.below, c + 1
    return c


for i in range(5):
    print(depth(20))


def limit():
    # Each object counts two levels: the call, and the frame of __init__.
    lo, hi = 1, 3000
    while lo < hi:
        mid = (lo + hi + 1) // 2
        try:
            Deep(mid)
            lo = mid
        except RecursionError:
            hi = mid - 1
    return lo


a = limit()
sys.setrecursionlimit(sys.getrecursionlimit() + 20)
print(limit() - a)


def traced():
    events = []

    def prof(frame, event, arg):
        if frame.f_code.co_name in ('__init__', 'traced'):
            events.append((event, frame.f_code.co_name))
    sys.setprofile(prof)
    for i in range(3):
        P(i)
    sys.setprofile(None)
    print(events)


traced()


def traced_inside():
    events = []

    class T:
        def __init__(self, i):
            if i == 4:
                sys.setprofile(lambda f, e, a: events.append((e, f.f_code.co_name)))
            self.i = i
    for i in range(6):
        T(i)
    sys.setprofile(None)
    print(events[:6])


traced_inside()


def tb():
    import traceback
    for i in range(4):
        try:
            Raises(i)
        except ValueError as e:
            t = [(f.name, f.lineno) for f in traceback.extract_tb(e.__traceback__)]
    print(t)


tb()
