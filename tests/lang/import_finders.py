# Imports: sys.meta_path, loaders, reload, importlib, __import__ replaced
import builtins
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys

sys.path.insert(0, sys.path[0] + '/packages')
sys.dont_write_bytecode = True

SOURCES = {
    'virtual': 'from virtual import inner\nvalue = inner.value + 1\nspec_name = __spec__.name\n',
    'virtual.inner': 'value = 41\nparent = __package__\n',
    'failing': '1 / 0',
}


class Finder(importlib.abc.MetaPathFinder):
    asked = []

    def find_spec(self, name, path, target=None):
        self.asked.append((name, path, target is not None))
        if name in SOURCES:
            return importlib.util.spec_from_loader(name, Loader(), is_package=name == 'virtual')


class Loader(importlib.abc.Loader):
    def create_module(self, spec):
        print('create', spec.name, spec.parent, spec.origin)
        return None

    def exec_module(self, module):
        print('exec', module.__name__, getattr(module.__spec__, '_initializing', False))
        exec(SOURCES[module.__name__], module.__dict__)


finder = Finder()
sys.meta_path.insert(0, finder)
import virtual

print(virtual.value, virtual.spec_name, virtual.inner.parent, virtual.__path__)
print([a for a in finder.asked if a[0].startswith('virtual')])
try:
    import failing
except ZeroDivisionError as e:
    print('failed', e, 'failing' in sys.modules)
try:
    import not_there_at_all
except ModuleNotFoundError as e:
    print(e, finder.asked[-1])
SOURCES['virtual.inner'] = 'value = 1\n'
print(importlib.reload(virtual.inner) is virtual.inner, virtual.inner.value, virtual.inner.parent)
print(finder.asked[-1][0], finder.asked[-1][2])


# Before specs there were find_module and load_module
class Old:
    def find_module(self, name, path=None):
        return self if name == 'old_style' else None

    def load_module(self, name):
        module = type(sys)(name)
        module.made = 'by an old loader'
        sys.modules[name] = module
        return module


sys.meta_path.append(Old())
import old_style
print(old_style.made, old_style.__spec__.name, type(old_style.__loader__).__name__)


# A loader may make the module itself, of any class
class Special(type(sys)):
    @property
    def twice(self):
        return self.once * 2


class Maker(Loader):
    def create_module(self, spec):
        return Special(spec.name)

    def exec_module(self, module):
        module.once = 21


spec = importlib.machinery.ModuleSpec('special', Maker(), origin='nowhere')
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.twice, module.__name__, module.__spec__ is spec, module.__loader__ is spec.loader)
print(spec.parent == '', spec.origin, spec.submodule_search_locations, spec.has_location)
print(importlib.machinery.ModuleSpec('a.b', None, is_package=True).parent,
      importlib.machinery.ModuleSpec('a.b', None).parent)


class Half:
    def exec_module(self, module):
        pass


try:
    importlib.util.module_from_spec(importlib.machinery.ModuleSpec('half', Half()))
except ImportError as e:
    print(e)

# Files by hand
place = os.path.join(sys.path[0], 'changing.py')
spec = importlib.util.spec_from_file_location('by_hand', place)
module = importlib.util.module_from_spec(spec)
print(hasattr(module, 'runs'), module.__file__ == place, 'by_hand' in sys.modules)
spec.loader.exec_module(module)
print(module.runs, spec.has_location, spec.loader.get_filename() == place, spec.loader.is_package('by_hand'))
print(spec.loader.get_source('by_hand').splitlines()[0])

# Reload runs the code in the same module
import changing
print(changing.runs, changing.first_only)
del changing.first_only
print(importlib.reload(changing) is changing, changing.runs, hasattr(changing, 'first_only'))
for wrong in 5, type(sys)('changing'):
    try:
        importlib.reload(wrong)
    except (TypeError, ImportError) as e:
        print(type(e).__name__, e)

print(importlib.import_module('zoo.fish').__name__, importlib.import_module('.trout', 'zoo.fish').NAME,
      importlib.import_module('..keeper', 'zoo.fish').__name__)
for name, package in ('.x', None), ('...x', 'zoo'), ('', None):
    try:
        importlib.import_module(name, package)
    except Exception as e:
        print(type(e).__name__, e)
print(importlib.util.find_spec('zoo.birds').name, importlib.util.find_spec('nowhere_at_all'),
      importlib.util.resolve_name('..a', 'b.c'))
print(importlib.util.find_spec('time').origin, importlib.util.find_spec('time').loader)

# __import__ may be replaced
real = builtins.__import__


def spy(name, globals=None, locals=None, fromlist=(), level=0):
    print('spy', name, fromlist, level)
    return real(name, globals, locals, fromlist, level)


builtins.__import__ = spy
import zoo.fish
from zoo.fish import trout
builtins.__import__ = real

saved, sys.meta_path = sys.meta_path, None
try:
    import never_seen
except ImportError as e:
    print(e)
sys.meta_path = saved
