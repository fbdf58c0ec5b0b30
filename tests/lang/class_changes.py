# Assignment to __class__, __bases__ and classes; type() with three arguments.
class A: pass
class B(A): pass
a = A(); a.v = 1; a.__class__ = B; print(type(a), a.v)
try: a.__class__ = int
except TypeError as e: print(e)
A.foo = lambda self: 'foo'; print(a.foo())
B.foo = 3; print(a.foo); del B.foo; print(a.foo())
class Base1:
    def hi(self): return 'b1'
class Base2:
    def hi(self): return 'b2'
class Dv(Base1): pass
d = Dv(); print(d.hi()); Dv.__bases__ = (Base2,); print(d.hi(), Dv.__mro__)
print(type('Dyn', (A,), {'q': 1}).q, A.__subclasses__())
