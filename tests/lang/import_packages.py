# Imports: packages, relative, __all__, cycles, sys.modules, namespace packages
import os
import sys

sys.path.insert(0, sys.path[0] + '/packages')
sys.dont_write_bytecode = True


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, str(e).split(' (/')[0], getattr(e, 'name', None))


def run(text):
    d = {'__name__': 'runner'}
    exec(text, d)
    return sorted(k for k in d if not k.startswith('__'))


print('zoo' in sys.modules)
import zoo
print(sorted(k for k in vars(zoo) if not k.startswith('__')))
print('zoo.keeper' in sys.modules, 'zoo.birds' in sys.modules, hasattr(zoo, 'birds'))
attempt(lambda: run('from zoo import *'))
attempt(lambda: run('import zoo.birds.owl'))
attempt(lambda: run('import zoo.birds.owl as bird'))
attempt(lambda: run('from zoo.birds import owl, feed'))
print(zoo.birds.feed(zoo.fish))
print(zoo.__spec__.name, zoo.__spec__.parent, zoo.birds.owl.__spec__.parent,
      zoo.birds.owl.__spec__.has_location, zoo.birds.__spec__.submodule_search_locations == zoo.birds.__path__)
print(type(zoo.__loader__).__name__, zoo.__loader__ is zoo.__spec__.loader, os.path.basename(zoo.__file__))

# What is missing
attempt(lambda: run('import zoo.cats'))
attempt(lambda: run('from zoo import cats'))
attempt(lambda: run('import zoo.keeper.inner'))
attempt(lambda: run('import nowhere'))
attempt(lambda: run('import nowhere.deeper'))
attempt(lambda: run('from . import x'))
attempt(lambda: run('from .. import x'))
attempt(lambda: __import__('', globals()))
attempt(lambda: __import__('zoo', level=-1))
attempt(lambda: __import__(5))
attempt(lambda: __import__('x', {'__package__': 5}, None, (), 1))

# One that fails is not kept, and its parent has no attribute of its name
attempt(lambda: run('import zoo.broken'))
print('zoo.broken' in sys.modules, hasattr(zoo, 'broken'))
attempt(lambda: run('import zoo.broken'))

# Cycles
attempt(lambda: run('import ring.one'))
import ring.one
print(ring.one.both(), ring.two.back())
try:
    import ring.three
except ImportError as e:
    print(str(e).split(' (/')[0], e.name)
print('ring.three' in sys.modules, 'ring.four' in sys.modules)

# sys.modules
sys.modules['halted'] = None
attempt(lambda: run('import halted'))
sys.modules['given'] = 42
attempt(lambda: run('import given') and sys.modules['given'])
import given
print(given)
import replaced
print(replaced.value, type(replaced).__name__)
del sys.modules['zoo.keeper']
from zoo import keeper
print(keeper is zoo.keeper, 'zoo.keeper' in sys.modules)
import zoo.keeper
print('zoo.keeper' in sys.modules, zoo.keeper is keeper)

# Directories without __init__.py
here = sys.path[0]
sys.path[1:1] = [os.path.join(here, 'spaces_a'), os.path.join(here, 'spaces_b')]
import shared
import shared.in_a
from shared import in_b
print(shared.in_a.WHERE, in_b.WHERE, len(list(shared.__path__)), hasattr(shared, '__file__'))
print(getattr(shared, '__file__', None), shared.__spec__.origin, shared.__package__)
attempt(lambda: run('import shared.in_c'))

# __import__ gives the first part unless names are wanted
print(__import__('zoo.birds').__name__, __import__('zoo.birds', fromlist=['x']).__name__)
print(__import__('fish', {'__package__': 'zoo'}, None, (), 1).__name__)
print(__import__('', {'__package__': 'zoo.birds'}, None, ('owl',), 2).__name__)
