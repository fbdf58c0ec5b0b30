# Which classes take each other's place: in `__class__`, in `__bases__`, and as bases beside each other. Where items lie in the
# object itself (int, tuple, bytes) a class that adds a dict is a layout of its own.
def t(f):
    try:
        print(f())
    except TypeError as e:
        print('TypeError', e)
for base, val in ((int, 1), (tuple, (1,)), (bytes, b'a'), (list, []), (type, None)):
    class A(base): pass
    class B(base): pass
    class S(base): __slots__ = ()
    class S2(base): __slots__ = ()
    class D(A): pass
    class DS(A): __slots__ = ()
    class DS2(S): pass
    def make(c):
        return c(val) if base is not type else c('X', (), {})
    def assign(x, y):
        o = make(x)
        o.__class__ = y
        return base.__name__, x.__name__, y.__name__, type(o).__name__
    for x in (A, B, S, D, DS2):
        for y in (A, B, S, D, DS2):
            if x is not y:
                t(lambda: assign(x, y))
            t(lambda: type(x)('C', (x, y), {}).__mro__[1:3])
    class E(D): pass
    def rebase(c, *b):
        c.__bases__ = b
        return [k.__name__ for k in c.__mro__]
    t(lambda: rebase(E, B))
    t(lambda: rebase(E, A))
    t(lambda: rebase(E, S))
    t(lambda: rebase(E, DS2))
import weakref
class M(type): pass
class N(type):
    __slots__ = ()
for m in (type, M, N):
    c = m('X', (), {})
    r = weakref.ref(c)
    print(r() is c, hasattr(m, '__weakref__'), '__weakref__' in m.__dict__, '__dict__' in m.__dict__)
def w():
    class W(type): __slots__ = ('__weakref__',)
t(w)
print(sorted(M.__dict__))
