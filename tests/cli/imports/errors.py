import sys


def attempt(name, *rest):
    try:
        print(__import__(name, *rest))
    except Exception as e:
        print(type(e).__name__, e, getattr(e, 'name', ''), name in sys.modules)


for n in ['nosuch', 'nosuch.a', 'pkg.nosuch', 'geometry.x', 'sys.x', 'boom', '', 'a..b', 'pkg.']:
    attempt(n)
attempt('latin')
attempt('null')
attempt('bad')
attempt('x', {}, {}, [], 1)
attempt('x', {'__package__': 'pkg'}, {}, [], 3)
attempt('x', None, None, [], -1)
try:
    __import__(5)
except TypeError as e:
    print(e)
try:
    from geometry import nothing
except ImportError as e:
    print(e, e.name, e.path)
try:
    from sys import nothing
except ImportError as e:
    print(e, e.name, e.path)
try:
    geometry.nothing
except NameError as e:
    print(e)
import geometry
try:
    geometry.nothing
except AttributeError as e:
    print(e)
import boom
