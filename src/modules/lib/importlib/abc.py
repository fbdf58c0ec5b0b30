"""What finders and loaders look like, as abstract classes."""

import abc

from . import machinery
from .util import spec_from_loader


def _register(base, *classes):
    for c in classes:
        base.register(c)


class Finder(metaclass=abc.ABCMeta):
    """Finds the loader of a module; replaced by MetaPathFinder and PathEntryFinder."""

    @abc.abstractmethod
    def find_module(self, fullname, path=None):
        """The loader, or None."""


class MetaPathFinder(Finder):
    """Stands in sys.meta_path."""

    def find_module(self, fullname, path):
        if not hasattr(self, 'find_spec'):
            return None
        found = self.find_spec(fullname, path)
        return found.loader if found is not None else None

    def invalidate_caches(self):
        """Forget what was found."""


_register(MetaPathFinder, machinery.BuiltinImporter, machinery.FrozenImporter,
          machinery.PathFinder)


class PathEntryFinder(Finder):
    """Finds modules in one place of a path."""

    def find_loader(self, fullname):
        if not hasattr(self, 'find_spec'):
            return None, []
        found = self.find_spec(fullname)
        if found is None:
            return None, []
        return found.loader, found.submodule_search_locations or []

    def find_module(self, fullname):
        return self.find_loader(fullname)[0]

    def invalidate_caches(self):
        """Forget what was found."""


class Loader(metaclass=abc.ABCMeta):
    """Loads a module."""

    def create_module(self, spec):
        """The module, or None for an ordinary one."""
        return None

    def load_module(self, fullname):
        if not hasattr(self, 'exec_module'):
            raise ImportError
        import _imp
        return _imp.load(spec_from_loader(fullname, self))

    def module_repr(self, module):
        raise NotImplementedError


class ResourceLoader(Loader):
    """Gives the bytes of files beside a module."""

    @abc.abstractmethod
    def get_data(self, path):
        raise OSError


class InspectLoader(Loader):
    """Knows the source or the code of its modules."""

    def is_package(self, fullname):
        raise ImportError

    def get_code(self, fullname):
        source = self.get_source(fullname)
        if source is None:
            return None
        return self.source_to_code(source)

    @abc.abstractmethod
    def get_source(self, fullname):
        raise ImportError

    @staticmethod
    def source_to_code(data, path='<string>'):
        return compile(data, path, 'exec', dont_inherit=True)

    def exec_module(self, module):
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError(f'cannot load module {module.__name__!r} when get_code() returns None')
        exec(code, module.__dict__)


_register(InspectLoader, machinery.BuiltinImporter, machinery.FrozenImporter)


class ExecutionLoader(InspectLoader):
    """Knows the file of its modules."""

    @abc.abstractmethod
    def get_filename(self, fullname):
        raise ImportError

    def get_code(self, fullname):
        source = self.get_source(fullname)
        if source is None:
            return None
        try:
            path = self.get_filename(fullname)
        except ImportError:
            return self.source_to_code(source)
        return self.source_to_code(source, path)


class SourceLoader(ResourceLoader, ExecutionLoader):
    """Loads source from wherever get_data takes it."""

    def is_package(self, fullname):
        name = self.get_filename(fullname).rpartition('/')[2].rpartition('.')[0]
        return name == '__init__' and fullname.rpartition('.')[2] != '__init__'

    def get_source(self, fullname):
        path = self.get_filename(fullname)
        try:
            data = self.get_data(path)
        except OSError as e:
            raise ImportError('source not available through get_data()', name=fullname) from e
        return data.decode().replace('\r\n', '\n').replace('\r', '\n')

    def get_code(self, fullname):
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


class FileLoader(ResourceLoader, ExecutionLoader):
    """Loads from a file of the file system."""

    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def get_filename(self, name=None):
        return self.path

    def get_data(self, path):
        with open(path, 'rb') as file:
            return file.read()


_register(SourceLoader, machinery.SourceFileLoader)
_register(FileLoader, machinery.SourceFileLoader)
