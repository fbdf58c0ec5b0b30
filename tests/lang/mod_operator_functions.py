# operator: functions for operators; getters and callers.
import operator as op

def t(f, *a, **k):
    try:
        print(repr(f(*a, **k)))
    except Exception as e:
        print(type(e).__name__, e)

for name in 'add sub mul truediv floordiv mod pow lshift rshift and_ or_ xor lt le eq ne ge gt'.split():
    print(name, getattr(op, name)(13, 3), end=' ')
print(op.neg(3), op.pos(3), op.inv(3), op.not_(3), op.truth([]), op.abs(-3), op.index(True), op.matmul.__name__)
t(op.add, 1, 'a')
t(op.concat, [1], [2]); t(op.concat, 1, 2)
t(op.contains, 'abc', 'b'); t(op.countOf, [1, 2, 1], 1); t(op.indexOf, 'abc', 'c'); t(op.indexOf, [1], 5)
l = [1, 2, 3]
t(op.setitem, l, 0, 9); t(op.getitem, l, slice(0, 2)); t(op.delitem, l, 1); print(l)
m = l
m = op.iadd(m, [4]); print(m is l, l, op.iadd(1, 2), op.imul([1], 2), op.iconcat([1], [2]))
rows = [('b', 2), ('a', 3), ('c', 1)]
print(sorted(rows, key=op.itemgetter(0)), sorted(rows, key=op.itemgetter(1)))
t(op.itemgetter(0, 1, -1), 'hello'); t(op.itemgetter('k'), {'k': 5}); t(op.itemgetter(9), [1]); t(op.itemgetter(slice(1, 3)), 'hello')
class P:
    def __init__(self, x, y=None): self.x, self.y = x, y
    def move(self, dx, times=1): return self.x + dx * times
p = P(1, P(5))
t(op.attrgetter('x'), p); t(op.attrgetter('y.x'), p); t(op.attrgetter('x', 'y.x'), p); t(op.attrgetter('z'), p); t(op.attrgetter, 3)
t(op.methodcaller('move', 2), p); t(op.methodcaller('move', 2, times=3), p); t(op.methodcaller('upper'), 'abc'); t(op.methodcaller('none'), p)
print(op.itemgetter(1, 'a'), op.attrgetter('a.b', 'c'), op.methodcaller('m', 1, k=2))
class H:
    def __length_hint__(self): return 7
t(op.length_hint, H()); t(op.length_hint, [1, 2]); t(op.length_hint, 3, 9); t(op.length_hint, 3, 'x')
print(op.__add__ is op.add, op.is_(l, l), op.is_not(l, l), len(op.__all__))
