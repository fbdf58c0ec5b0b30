# super() in hot code.
class A:
    tag = 'A'

    def __init__(self, x):
        self.x = x

    def f(self, n):
        return ('A', self.x, n)

    @classmethod
    def make(cls, n):
        return cls.__name__, n

    @property
    def p(self):
        return 'p of A'

    @staticmethod
    def s(n):
        return n


class B(A):
    tag = 'B'

    def __init__(self, x, y):
        super().__init__(x)
        self.y = y

    def f(self, n):
        return ('B',) + super().f(n)

    @classmethod
    def make(cls, n):
        return super().make(n) + ('B',)

    @property
    def p(self):
        return super().p + ' by B'

    @staticmethod
    def s(n):
        return n

    def more(self):
        return super().tag, super().s(3), super().__class__.__name__, super().__self_class__.__name__


class Mixin:
    def f(self, n):
        return ('Mixin',) + super().f(n)


class C(B, Mixin, A):
    def __init__(self, x):
        super().__init__(x, 1)

    def f(self, n):
        return [super(C, self).f(n) for _ in (0,)] + [(lambda: super().f(n))() if False else self.x]


def loop(o, n):
    for i in range(n):
        r = o.f(i), o.make(i), o.p, o.more()
    return r


print(loop(B(1, 2), 60))
print(loop(C(1), 60))


def made(n):
    return [C(i).x + B(i, i).y for i in range(n)][-1]


print(made(60))


def changed(n, at, change):
    out = []
    o = B(5, 6)
    for i in range(n):
        if i == at:
            change(o)
        try:
            out.append(o.f(i))
        except Exception as e:
            out.append(repr(e))
    print(out[at - 1], out[at], out[-1])


old = A.f
changed(60, 50, lambda o: setattr(A, 'f', lambda self, n: 'new'))
changed(60, 50, lambda o: setattr(A, 'f', staticmethod(lambda n: ('static', n))))
changed(60, 50, lambda o: delattr(A, 'f'))
A.f = old
changed(60, 50, lambda o: setattr(o, 'f', lambda n: 'own'))
changed(60, 50, lambda o: setattr(o, '__class__', C))


class D(A):
    def f(self, n):
        self = A(n)
        try:
            return super().f(n)
        except TypeError as e:
            return str(e)

    def g(self):
        inner = lambda: self.x
        return super().f(inner())

    def h(self):
        del self
        return super().f(1)

    def cell(self, v):
        nonlocal_class(v)


def odd(n):
    d = D(3)
    for i in range(n):
        r = d.f(i), d.g()
        try:
            d.h()
        except RuntimeError as e:
            q = str(e)
    return r, q


print(odd(60))


def no_cell(self):
    return super().f(1)


def outside(n):
    for i in range(n):
        try:
            no_cell(1)
        except RuntimeError as e:
            r = str(e)
    return r


print(outside(60))


class E(A):
    def set(self, v):
        nonlocal __class__
        __class__ = v

    def f(self, n):
        return super().f(n)


def rebound(n):
    e = E(1)
    out = []
    for i in range(n):
        if i == n - 5:
            e.set(3)
        if i == n - 2:
            e.set(E)
        try:
            out.append(e.f(i))
        except (RuntimeError, TypeError) as x:
            out.append(str(x))
    return out[-7:]


print(rebound(60))
