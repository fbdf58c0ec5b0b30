# Which classes take each other's place: by what they add to the layout of which base.
def t(f):
    try:
        print(f())
    except TypeError as e:
        print('TypeError', e)
class E1(Exception): __slots__ = ('a',)
class E3(Exception): __slots__ = ('b',)
class E4(Exception): pass
class V1(ValueError): pass
class S1(ValueError): __slots__ = ()
class A: pass
class B: pass
class D: __slots__ = ('__weakref__',)
class G: __slots__ = ('a', '__dict__')
class H: __slots__ = ('a', 'b')
class HB(H): pass
class HC(H): pass
class X(A): __slots__ = ('q',)
class Y(A): __slots__ = ('q',)
class Z(B): __slots__ = ('q',)
every = [E1, E3, E4, V1, S1, A, B, D, G, HB, HC, X, Y, Z]
for x in every:
    for y in every:
        if x is y:
            continue
        o = x()
        def f():
            o.__class__ = y
            return x.__name__, y.__name__, type(o).__name__
        t(f)
        t(lambda: (x.__name__, y.__name__, len(type(x)('J', (x, y), {}).__mro__)))
        def g():
            c = type(x)('J', (x,), {})
            c.__bases__ = (y,)
            return x.__name__, y.__name__, len(c.__mro__)
        t(g)
