# The class of a module can be another one that modules have.
import sys
import types


def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print('ok', r if isinstance(r, (int, str, bytes, float, list, tuple, dict, set, frozenset, type(None))) else type(r).__name__)
    except BaseException as e:
        print(type(e).__name__, e, '| cause', repr(e.__cause__), repr(e.__context__) if not e.__cause__ else '')
print('c')
class Mod(types.ModuleType): pass
class Slotted(types.ModuleType): __slots__ = ('a',)
class Other: pass
m = types.ModuleType('m')
m.x = 1
show(setattr, m, '__class__', Mod); print(type(m).__name__, m.x, repr(m))
show(setattr, m, '__class__', Slotted)
show(setattr, m, '__class__', Other)
show(setattr, m, '__class__', types.ModuleType); print(type(m).__name__)
show(setattr, m, '__class__', 5)
class Lazy(types.ModuleType):
    def __getattr__(self, n): return n * 2
    @property
    def y(self): return 'prop'
    def __repr__(self): return 'lazy'
m.__class__ = Lazy
print(m.foo, m.y, m, m.x)
show(setattr, Mod('q'), '__class__', Lazy)
show(setattr, Other(), '__class__', Mod)
show(setattr, sys, '__class__', Mod)
