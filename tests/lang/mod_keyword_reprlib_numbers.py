# keyword, reprlib and numbers.
import keyword, reprlib, numbers
print(len(keyword.kwlist), keyword.iskeyword('async'), keyword.iskeyword('print'), keyword.kwlist[:4])

r = reprlib.repr
print(r(list(range(100))), r('x' * 100), r({i: i for i in range(10)}), r(10 ** 100))
print(r([[[[[[[[1]]]]]]]]), r((1,)), r({3, 1, 2}), r(frozenset(range(10))), r(set()), r(()))
short = reprlib.Repr()
short.maxlist = 2
short.maxstring = 10
print(short.repr([1, 2, 3]), short.repr('abcdefghijklmnop'), short.repr([['a' * 20] * 3] * 2))
class Bad:
    def __repr__(self): raise ValueError
print(r(Bad())[:17])
class Tree:
    def __init__(self): self.kids = [self]
    @reprlib.recursive_repr('<again>')
    def __repr__(self): return 'Tree(%r)' % self.kids
print(Tree())
class MyRepr(reprlib.Repr):
    def repr_Tree(self, x, level): return 'a tree at %d' % level
print(MyRepr().repr([Tree()]))

for x in (1, 2.5, 1j, True, 'a'):
    print(x, [c.__name__ for c in (numbers.Number, numbers.Complex, numbers.Real, numbers.Rational, numbers.Integral) if isinstance(x, c)])
class Half(numbers.Rational):
    numerator, denominator = 1, 2
    def _no(self, *a): return NotImplemented
    __abs__ = __add__ = __ceil__ = __eq__ = __floor__ = __floordiv__ = __le__ = __lt__ = __mod__ = __mul__ = __neg__ = __pos__ = __pow__ = _no
    __radd__ = __rfloordiv__ = __rmod__ = __rmul__ = __round__ = __rpow__ = __rtruediv__ = __truediv__ = __trunc__ = _no
print(float(Half()), complex(Half()), Half().imag)
try:
    numbers.Integral()
except TypeError as e:
    print(str(e)[:60])
