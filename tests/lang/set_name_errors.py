# What __set_name__ raises becomes the cause of a RuntimeError; what finding it raises does not.
def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print('ok', r if isinstance(r, (int, str, bytes, float, list, tuple, dict, set, frozenset, type(None))) else type(r).__name__)
    except BaseException as e:
        print(type(e).__name__, e, '| cause', repr(e.__cause__), repr(e.__context__) if not e.__cause__ else '')
class Bad:
    def __set_name__(self, o, n): raise KeyError('sn')
def mk(v, name='x'):
    return type('C', (), {name: v})
show(mk, Bad())
class Bad2:
    __set_name__ = 5
show(mk, Bad2())
class Prop(property):
    def __set_name__(self, o, n): raise ValueError(n)
show(mk, Prop())
class Meta(type):
    def __get__(self, *a): return 1
class Bad3:
    def __init__(self): self.__set_name__ = 1
show(mk, Bad3())
class Bad4:
    @property
    def __set_name__(self): raise KeyError('prop')
show(mk, Bad4())
class Bad5:
    def __set_name__(self): pass
show(mk, Bad5())
class Bad6(int):
    def __set_name__(self, o, n): raise SystemExit(3)
show(mk, Bad6())
class Bad7(Exception):
    def __set_name__(self, o, n): raise self
show(mk, Bad7('q'))
class Bad8:
    def __set_name__(self, o, n): raise StopIteration
show(mk, Bad8(), 'a b')
import functools
class PM(functools.partialmethod):
    def __set_name__(self, o, n): 1/0
show(mk, PM(int))
show(mk, functools.cached_property(len), 'y')
c = functools.cached_property(len)
def two(): return type('D', (), {'a': c, 'b': c})
show(two)
class GA:
    def __getattr__(self, n): return lambda *a: 1/0
show(mk, GA())
