# collections.namedtuple: making, defaults, renaming, replacing, subclasses, and every error.
from collections import namedtuple

Point = namedtuple('Point', 'x y')
p = Point(1, y=2)
print(p, p.x, p[1], p == (1, 2), len(p), hash(p) == hash((1, 2)))
x, y = p
print(x, y, p._replace(y=5), p._asdict(), Point._fields, Point._make([3, 4]))
print(Point.__doc__, Point.x.__doc__, Point.__new__.__doc__)
print(Point.__module__, Point.__qualname__, Point._make.__qualname__, repr(Point))

Conf = namedtuple('Conf', ['host', 'port', 'path'], defaults=[80, '/'])
print(Conf('a'), Conf('a', 1), Conf._field_defaults, Conf.__new__.__defaults__)
print(namedtuple('R', 'a def _b a 1x', rename=True)._fields)
print(namedtuple('E', ()), namedtuple('E', ())(), namedtuple('O', 'a').__doc__)
print(namedtuple('M', 'a', module='other').__module__)


class Vector(Point):
    __slots__ = ()

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)


print(Vector(1, 2) + Vector(3, 4), Vector(1, 2)._replace(x=9), isinstance(Vector(0, 0), tuple))

for args, kw in [
    (('P', 'a a'), {}), (('P', 'class'), {}), (('P', '_a'), {}), (('P', '1'), {}),
    (('def', 'a'), {}), (('P', 'a'), {'defaults': [1, 2]}), (('P', 5), {}),
]:
    try:
        print(namedtuple(*args, **kw))
    except Exception as e:
        print(type(e).__name__, e)
for f in (
    lambda: Point(1), lambda: Point(1, 2, 3), lambda: Point(1, x=2), lambda: Point(1, 2, z=3),
    lambda: Point._make([1]), lambda: p._replace(z=1), lambda: setattr(p, 'x', 1),
    lambda: setattr(p, 'q', 1),
):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
