"""Sites that meet objects of several classes: attributes, stores, methods, properties; classes that change."""


class Base:
    kind = 'base'

    def __init__(self, n):
        self.n = n
        self.flag = False

    def who(self):
        return 'base %d' % self.n

    def common(self, k):
        self.flag = not self.flag
        return self.n + k

    @property
    def twice(self):
        return 2 * self.n


class A(Base):
    kind = 'a'

    def who(self):
        return 'a %d' % self.n

    def work(self, x):
        self.n += x
        return self.n


class B(Base):
    def __init__(self, n):
        self.extra = 'x'
        Base.__init__(self, n)

    def who(self):
        return 'b %d %s' % (self.n, self.extra)

    def work(self, x):
        self.late = x
        return self.late - 1

    @property
    def twice(self):
        return -2 * self.n


class C(Base):
    def who(self):
        if self.n == 13:
            raise ValueError(self.n)
        return 'c %d' % self.n

    @staticmethod
    def work(x):
        return x * 10


class D(Base):
    def who(self, *, loud=False):
        return 'd %d' % self.n

    @classmethod
    def work(cls, x):
        return cls.kind + str(x)


class E(Base):
    __slots__ = ('slot',)

    def work(self, x, y=5):
        self.slot = x
        return self.slot + y


def use(o, k):
    out = [o.who(), o.work(k), o.common(k + 1), o.twice, o.kind, o.flag]
    o.n = o.n + 1
    o.seen = k
    return out


def rounds(objects, n):
    last = None
    for k in range(n):
        for o in objects:
            last = use(o, k)
    return last


print(rounds([A(1), B(2)], 300))
print(rounds([A(1), B(2), C(20)], 300))
print(rounds([A(1), B(2), C(20), D(4)], 300))
print(rounds([A(1), B(2), C(20), D(4), E(5)], 300))


def only(objects, n):
    total = 0
    for k in range(n):
        o = objects[k % len(objects)]
        total += o.common(o.n & 3) + o.twice
    return total


four = [A(1), B(2), C(3), D(4)]
print(only(four, 1000))
# Classes change while code that knows them runs.
A.common = lambda self, k: k
print(only(four, 1000))
B.twice = 7
print(only(four, 1000))
four[2].common = lambda k: -k
print(only(four, 1000))
del A.common
print(only(four, 1000))


# What is raised in one way is caught where it was.
def guarded(objects, n):
    caught = []
    for k in range(n):
        for o in objects:
            try:
                o.who()
                o.n = k
            except ValueError as e:
                caught.append((k, e.args, e.__traceback__.tb_next.tb_lineno))
                o.n = 14
    return caught


print(guarded([A(1), C(2), B(3)], 200))


# Arguments that are calls of methods of several receivers themselves.
class Leaf:
    def __init__(self, v):
        self.v = v

    def value(self, env, depth):
        return env[self.v] + depth


class Sum:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def value(self, env, depth):
        return self.left.value(env, self.right.value(env, depth))


class Neg:
    def __init__(self, of):
        self.of = of

    def value(self, env, depth):
        return -self.of.value(env, depth + 1)


def tree(n):
    if n == 0:
        return Leaf('x')
    if n % 3 == 0:
        return Neg(tree(n - 1))
    return Sum(tree(n - 1), tree(n - 2) if n > 1 else Leaf('y'))


t = tree(9)
print([t.value({'x': i, 'y': -i}, i) for i in range(40)][-3:])


# An argument changes what the receiver is, after its method was looked up.
class Turn:
    def go(self, x):
        return ('turn', x)


class Other:
    def go(self, x):
        return ('other', x)


def turned(o, cls):
    def change():
        o.__class__ = cls
        return o.__class__.__name__
    return o.go(change())


ts = [Turn(), Other()]
print([turned(ts[i % 2], [Other, Turn][i // 3 % 2]) for i in range(60)][-6:])


# No instance at all among them.
def length(x):
    return x.real if not isinstance(x, str) else x.upper()


print([length(v) for v in [1, 2.5, True, 'a', 10 ** 30] * 50][-5:])


class Has:
    def __init__(self):
        self.real = 'has'


print([length(v) for v in [1, Has(), 2.5, A, None.__class__] * 50 if hasattr(v, 'real')][-4:])
