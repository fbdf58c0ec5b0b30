"""What programs that import in their own way need."""

import _imp
import sys
from _imp import SourceFileLoader, module_from_spec

from . import _absolute
from .machinery import SOURCE_SUFFIXES

MAGIC_NUMBER = (3413).to_bytes(2, 'little') + b'\r\n'


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """The spec that a loader stands for."""
    spec = _imp.spec_from_loader(name, loader, is_package)
    if origin is not None and not spec.has_location:
        spec.origin = origin
    return spec


_MISSING = object()


def spec_from_file_location(name, location=None, *, loader=None,
                            submodule_search_locations=_MISSING):
    """The spec of a module in a file."""
    if location is not None:
        import os
        location = os.fspath(location)
    if loader is None:
        if location is None or not location.endswith(tuple(SOURCE_SUFFIXES)):
            return None
        loader = SourceFileLoader(name, location)
    package = None if submodule_search_locations is _MISSING else submodule_search_locations is not None
    spec = _imp.spec_from_loader(name, loader, package)
    if location is not None:
        spec.origin = location
        spec.has_location = True
        try:
            spec.cached = cache_from_source(location)
        except (ValueError, NotImplementedError):
            spec.cached = None
    if submodule_search_locations is not _MISSING and submodule_search_locations is not None:
        if submodule_search_locations:
            spec.submodule_search_locations = submodule_search_locations
    return spec


def find_spec(name, package=None):
    """The spec of a module: that of sys.modules, or what the finders say."""
    full = resolve_name(name, package) if name.startswith('.') else name
    if full in sys.modules:
        module = sys.modules[full]
        if module is None:
            return None
        try:
            spec = module.__spec__
        except AttributeError:
            raise ValueError(f'{name}.__spec__ is not set') from None
        if spec is None:
            raise ValueError(f'{name}.__spec__ is None')
        return spec
    parent = full.rpartition('.')[0]
    if not parent:
        return _imp.find_spec(full, None)
    holder = __import__(parent, fromlist=['__path__'])
    try:
        path = holder.__path__
    except AttributeError as e:
        raise ModuleNotFoundError(
            f'__path__ attribute not found on {parent!r} while trying to find {full!r}',
            name=full) from e
    return _imp.find_spec(full, path)


def resolve_name(name, package):
    """The absolute name of a relative one."""
    if not name.startswith('.'):
        return name
    if not package:
        raise ValueError(f'no package specified for {name!r} '
                         '(required for relative module names)')
    level = len(name) - len(name.lstrip('.'))
    return _absolute(name[level:], package, level)


def cache_from_source(path, debug_override=None, *, optimization=None):
    """Where the compiled code of a file would lie."""
    head, slash, tail = path.rpartition('/')
    stem, dot, rest = tail.rpartition('.')
    tag = sys.implementation.cache_tag
    if tag is None:
        raise NotImplementedError('sys.implementation.cache_tag is None')
    name = (stem if stem else rest) + dot + tag
    if optimization is None:
        optimization = sys.flags.optimize or ''
    optimization = str(optimization)
    if optimization:
        if not optimization.isalnum():
            raise ValueError(f'{optimization!r} is not alphanumeric')
        name += f'.opt-{optimization}'
    return f'{head}{slash}__pycache__/{name}.pyc'


def source_from_cache(path):
    """The file whose compiled code would lie there."""
    head, _, name = path.rpartition('/')
    head, _, folder = head.rpartition('/')
    if folder != '__pycache__':
        raise ValueError(f'__pycache__ not bottom-level directory in {path!r}')
    dots = name.count('.')
    if dots not in (2, 3):
        raise ValueError(f'expected only 2 or 3 dots in {name!r}')
    stem = name.partition('.')[0]
    return f'{head}/{stem}.py' if head else f'{stem}.py'
