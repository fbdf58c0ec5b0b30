# Classes whose __init__ only stores: made in hot loops, and changed in the middle of them.
import sys


def run(name, change, n=40, at=30):
    class C:
        def __init__(self, a, b=2, c=None):
            self.a = a
            self.b = b
            self.c = c
            self.d = 'const'
    out = []
    for i in range(n):
        if i == at:
            change(C)
        try:
            o = C(i)
            out.append(sorted(vars(o).items(), key=str) if isinstance(o, C) else o)
        except Exception as e:
            out.append(repr(e))
    print(name, out[at - 1], out[at], out[-1])


log = []


def code(C):
    def other(self, a, b=2, c=None):
        self.z = a
    C.__init__.__code__ = other.__code__


run('nothing', lambda C: None)
run('init', lambda C: setattr(C, '__init__', lambda self, a: setattr(self, 'q', a)))
run('code', code)
run('defaults', lambda C: setattr(C.__init__, '__defaults__', (7, 8)))
run('no defaults', lambda C: setattr(C.__init__, '__defaults__', None))
run('new', lambda C: setattr(C, '__new__', lambda cls, *a: 'new'))
run('setattr', lambda C: setattr(C, '__setattr__', lambda s, n, v: log.append((n, v))))
run('property', lambda C: setattr(C, 'b', property(lambda s: 0, lambda s, v: log.append(v))))
run('plain attribute', lambda C: setattr(C, 'b', 'class'))
run('del', lambda C: setattr(C, '__del__', lambda s: None))
run('slots', lambda C: setattr(C, '__slots__', ()))
print(len(log), log[:5])


class Slotted:
    __slots__ = ('x', 'y', 'z')

    def __init__(self, y, x):
        self.y = y
        self.x = x


def slotted(n):
    t = 0
    for i in range(n):
        s = Slotted(i, 1)
        t += s.x + s.y
    try:
        s.z
    except AttributeError as e:
        print(repr(e))
    s.z = 3
    return t, s.z


print(slotted(50))


class Base:
    def __init__(self, v):
        self.v = v


class One(Base):
    pass


class Two(Base):
    kind = 'two'


def inherited(n):
    out = []
    for i in range(n):
        out.append((One(i), Two(i)))
    a, b = out[-1]
    a.extra = 1
    return type(a).__name__, type(b).__name__, vars(a), vars(b), b.kind


print(inherited(50))


class Bare:
    pass


def bare(n):
    for i in range(n):
        b = Bare()
        b.x = i
        c = Bare()
        c.y, c.x = i, 2
    return vars(b), vars(c)


print(bare(50))


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right


def tree(d):
    return Node(tree(d - 1), tree(d - 1)) if d else Node(None, None)


def count(t):
    return 1 if t.left is None else 1 + count(t.left) + count(t.right)


print(count(tree(10)))


# The recursion limit, exactly: how deep objects can still be made.
def dive(n):
    if n == 0:
        return Node(1, 2).left
    return dive(n - 1)


def deepest():
    lo, hi = 0, 3000
    while lo < hi:
        mid = (lo + hi + 1) // 2
        try:
            dive(mid)
            lo = mid
        except RecursionError:
            hi = mid - 1
    return lo


def plain_dive(n):
    if n == 0:
        return 1
    return plain_dive(n - 1)


for i in range(300):
    dive(20)
    plain_dive(20)
a = deepest()
dive = plain_dive
print(deepest() - a)


def wrong(n):
    out = []
    for i in range(n):
        try:
            if i % 2:
                Node(1)
            else:
                Node(1, 2, 3)
        except TypeError as e:
            out.append(str(e))
    print(out[-2:])


wrong(12)


class Self:
    def __init__(self, v):
        self.me = self
        self.v = v


def cyclic(n):
    for i in range(n):
        s = Self(i)
    return s.me is s, s.v


print(cyclic(50))


# Attributes that come later than the slots were counted.
def later(n):
    all = []
    for i in range(n):
        o = Base(i)
        if i > n - 3:
            for k in range(12):
                setattr(o, 'k%d' % k, k)
        all.append(o)
    return [len(vars(o)) for o in all[-4:]], all[-1].k11 + all[-1].v


print(later(50))
