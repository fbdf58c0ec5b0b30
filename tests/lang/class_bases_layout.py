# What cannot be a base instead of another, and slots that are refused: which reason comes first.
class A:
    y = 1


class B(A):
    pass


class L(list):
    pass


class S:
    __slots__ = ('a', 'b')


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def bases(c, *new):
    c.__bases__ = new
    return c.__mro__


attempt(lambda: bases(B, object))
attempt(lambda: bases(B, L))
attempt(lambda: bases(B, S))
attempt(lambda: bases(A, B))
attempt(lambda: bases(L, A))
attempt(lambda: bases(L, L))
attempt(lambda: bases(A, L, object))
attempt(lambda: bases(S, A))
attempt(lambda: type('T', (A,), {'__slots__': ('y', '__dict__'), 'y': 1}))
attempt(lambda: type('T', (A,), {'__slots__': ('y', '__weakref__'), 'y': 1}))
attempt(lambda: type('T', (A,), {'__slots__': ('y', 'a b'), 'y': 1}))
attempt(lambda: type('T', (A,), {'__slots__': ('y', 'z'), 'y': 1}))
attempt(lambda: type('T', (A,), {'__slots__': ('z', 'x'), 'y': 1}))


class I(list):
    def __iter__(self):
        return iter('xy')


print(I((1, 2)).copy(), list(I((1, 2))), [*I((1, 2))])


class E:
    __slots__ = ()


class F(E):
    __slots__ = ()


class N(int):
    pass


attempt(lambda: bases(F, object))
attempt(lambda: bases(N, E))
attempt(lambda: bases(type('P', (A,), {}), E))
attempt(lambda: bases(type('P', (E,), {}), object))
attempt(lambda: bases(type('P', (E,), {}), N))
