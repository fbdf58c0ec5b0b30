"""Importing by function: import_module, reload."""

import _imp
import sys

__all__ = ['__import__', 'import_module', 'invalidate_caches', 'reload']

__import__ = __import__


def invalidate_caches():
    """Tell the finders of sys.meta_path that files have changed."""
    for finder in sys.meta_path:
        forget = getattr(finder, 'invalidate_caches', None)
        if forget is not None:
            forget()


def _absolute(name, package, level):
    parts = package.rsplit('.', level - 1)
    if len(parts) < level:
        raise ValueError('attempted relative import beyond top-level package')
    return f'{parts[0]}.{name}' if name else parts[0]


def import_module(name, package=None):
    """Import a module; a name that begins with dots counts from the package."""
    level = len(name) - len(name.lstrip('.')) if name.startswith('.') else 0
    if not level:
        if not name:
            raise ValueError('Empty module name')
        return _imp.import_module(name)
    if not package:
        raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
    if not isinstance(package, str):
        raise TypeError('__package__ not set to a string')
    return _imp.import_module(_absolute(name[level:], package, level))


def find_loader(name, path=None):
    """The loader of a module; deprecated."""
    import warnings
    warnings.warn('Deprecated since Python 3.4. Use importlib.util.find_spec() instead.',
                  DeprecationWarning, stacklevel=2)
    if name in sys.modules:
        try:
            loader = sys.modules[name].__loader__
        except AttributeError:
            raise ValueError(f'{name}.__loader__ is not set') from None
        if loader is None:
            raise ValueError(f'{name}.__loader__ is None')
        return loader
    spec = _imp.find_spec(name, path)
    if spec is None:
        return None
    if spec.loader is None:
        if spec.submodule_search_locations is None:
            raise ImportError(f'spec for {name} missing loader', name=name)
        raise ImportError('namespace packages do not have loaders', name=name)
    return spec.loader


_RELOADING = {}


def reload(module):
    """Run a module's code again, in the module that is there."""
    if not module or not isinstance(module, type(_imp)):
        raise TypeError('reload() argument must be a module')
    try:
        name = module.__spec__.name
    except AttributeError:
        name = module.__name__
    if sys.modules.get(name) is not module:
        raise ImportError(f'module {name} not in sys.modules', name=name)
    if name in _RELOADING:
        return _RELOADING[name]
    _RELOADING[name] = module
    try:
        path = None
        parent = name.rpartition('.')[0]
        if parent:
            try:
                path = sys.modules[parent].__path__
            except KeyError:
                raise ImportError(f'parent {parent!r} not in sys.modules', name=parent) from None
        spec = module.__spec__ = _imp.find_spec(name, path, module)
        if spec is None:
            raise ModuleNotFoundError(f'spec not found for the module {name!r}', name=name)
        _imp.exec(spec, module)
        return sys.modules[name]
    finally:
        _RELOADING.pop(name, None)
