# from … import *: which names, in which order, and what may go wrong.
import sys
Module = type(sys)


def make(name, **names):
    m = Module(name)
    for k in names:
        setattr(m, k, names[k])
    sys.modules[name] = m
    return m


m = make('plain', a=1, _b=2, c=3, __d=4)
from plain import *
print(a, c, '_b' in globals(), '__d' in globals())
m = make('listed', a=10, _b=20, c=30, __all__=['_b', 'a'])
from listed import *
print(a, _b, c)
m = make('tupled', a=11, __all__=('a',))
from tupled import *
print(a)
m = make('empty', a=12, __all__=[])
from empty import *
print(a)


def attempt(name):
    try:
        exec('from %s import *' % name)
    except Exception as e:
        print(name, type(e).__name__, e)


make('missing', a=1, __all__=['a', 'nope'])
attempt('missing')
make('number', __all__=['a', 5], a=1)
attempt('number')
make('nolist', __all__=5)
attempt('nolist')
make('mapping', __all__={'a': 1})
attempt('mapping')
m = make('keys', x=1)
m.__dict__[5] = 6
attempt('keys')
m = make('noname', __all__=[5])
m.__name__ = 7
attempt('noname')
sys.modules['anything'] = 5
attempt('anything')

# IMPORT_FROM: attributes, then submodules that are imported already.
pkg = make('pkg', v=1)
make('pkg.sub', w=2)
from pkg import sub, v as renamed
print(sub.w, renamed, sub.__name__)
for name in ('nope', 'sub2'):
    try:
        exec('from pkg import ' + name)
    except ImportError as e:
        print(e, e.name, e.path)
pkg.__file__ = '/a/pkg.py'
try:
    from pkg import nope
except ImportError as e:
    print(e, e.path)
del pkg.__name__
try:
    from pkg import nope
except ImportError as e:
    print(e, e.name)
sys.modules['thing'] = [1]
try:
    from thing import append, nope
except ImportError as e:
    print(e, callable(append) if 'append' in globals() else None)


def function():
    from plain import a, c as d
    return a, d


print([function() for i in range(300)][-1])
