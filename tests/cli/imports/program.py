import sys
import geometry
import pkg.sub.m
import pkg.sub.m as q
from geometry import circle_area as area, unit
from pkg.sub import m

print(geometry.circle_area(2), area(1), unit, geometry)
print(pkg.sub.m.v, q is m, sys.modules['pkg.sub.m'] is q, pkg.sub)
for name in ['__name__', '__doc__', '__package__', '__file__']:
    print(name, getattr(geometry, name), getattr(q, name))
print(geometry.__spec__.name, geometry.__spec__.origin == geometry.__file__, geometry.__builtins__ is __builtins__.__dict__)
print(type(geometry.__loader__).__name__, geometry.circle_area.__globals__ is geometry.__dict__)
print('unit' in dir(geometry))
print(__file__, __name__, __package__, __spec__, __cached__)
print(__import__('pkg.sub.m', None, None, ['v']).v, __import__('pkg', fromlist=['sub']))
import cycle_a
geometry = None
import geometry
print(geometry.unit, sys.modules['geometry'] is geometry)
del sys.modules['math_of_ours']
import math_of_ours
print(math_of_ours is geometry.math_of_ours)


def replaced(name, g, l, fromlist, level):
    print('import of', name, fromlist, level, g is globals(), l is g)
    return 5


def inside():
    import elsewhere.deep
    return elsewhere


own = __builtins__.__import__
__builtins__.__import__ = replaced
import hello
print(hello, inside())
from hello import real as r
print(r)
__builtins__.__import__ = own
sys.modules['none'] = None
import none
