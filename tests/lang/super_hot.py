# super() with a method, hot: what it finds, who changes that, and what is no function of a program.


class A:
    def __init__(self, s):
        self.s = s

    def parts(self):
        return (self.s,)

    def name(self, *rest, k=1):
        return 'A', rest, k

    value = 7

    @property
    def twice(self):
        return self.s * 2

    @staticmethod
    def free(x):
        return x + 1

    @classmethod
    def made(cls, x):
        return cls.__name__, x


class B(A):
    def __init__(self, s, t):
        super().__init__(s)
        self.t = t

    def parts(self):
        return super().parts() + (self.t,)

    def name(self, *rest, k=2):
        return ('B',) + super().name(*rest, k=k) + super().name(1, 2)

    def free(self, x):
        return super().free(x), super().value, super().twice, super().made(x), super().__class__, super().__repr__()[:7]


class C(B):
    def __init__(self, s):
        super().__init__(s, s)

    def parts(self):
        return super().parts() + ('C',)


class L(list):
    def __init__(self, n):
        super().__init__(range(n))

    def append(self, x):
        super().append(x)
        super().append(-x)


class Left(A):
    def parts(self):
        return ('l',) + super().parts()


class Right(A):
    def parts(self):
        return ('r',) + super().parts()


class Both(Left, Right):
    pass


def work(n):
    out = []
    for i in range(n):
        o = B(i, 1) if i % 3 else C(i)
        out.append((o.parts(), o.name(), o.free(i)))
        x = (Both, Left, Right)[i % 3](i)
        out.append(x.parts())
        l = L(i % 4)
        l.append(i)
        out.append(l)
    return out[-9:]


print(work(800))


def change(n):
    seen = set()
    for i in range(n):
        if i == n // 4:
            A.parts = lambda self: ('new',)
        elif i == n // 2:
            A.parts = 5
        elif i == 3 * n // 4:
            del A.parts
        try:
            got = B(i, 2).parts()
        except (TypeError, AttributeError) as e:
            got = type(e).__name__, str(e)
        seen.add(str(got)[-60:] if i >= n // 4 else 'old')
    return sorted(seen)


print(change(2000))


class D(A):
    def parts(self):
        return super().parts()


def wrong(o):
    try:
        return D.parts(o)
    except Exception as e:
        return type(e).__name__, str(e), e.__traceback__.tb_next.tb_lasti, e.__traceback__.tb_next.tb_lineno


A.parts = lambda self: ('again', getattr(self, 's', None))
for _ in range(300):
    seen = wrong(D(1))
print(seen, [wrong(o) for o in (A(1), 5, None, D, Both(2), 'x')])


class M(type):
    def make(cls):
        return 'M', cls.__name__


class N(M):
    def make(cls):
        return ('N',) + super().make()


class O(metaclass=N):
    pass


print([O.make() for _ in range(300)][-1])


def rebind(n):
    class E(A):
        def parts(self):
            if n == -1:
                self = 3
            return super().parts()

        def other(self, o):
            self = o
            return super().parts()

    e = E(n)
    for i in range(n):
        got = e.parts(), e.other(E(i))
    try:
        got += (e.other(A(1)),)
    except TypeError as x:
        got += (str(x),)
    return got


print(rebind(500))


class Deep(A):
    def parts(self, n=0):
        return self.parts(n - 1) if n else super().parts()


d = Deep(1)
for _ in range(300):
    d.parts(3)


def depth(n):
    try:
        d.parts(n)
        return True
    except RecursionError:
        return False


first = next(n for n in range(700, 1100) if not depth(n))
print(depth(first - 1), depth(first), first > 900)
