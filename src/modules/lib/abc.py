"""Abstract base classes."""

from _weakref import ref as _ref


def abstractmethod(funcobj):
    """Mark a method that concrete subclasses must define."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """A class method that is abstract (older spelling)."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    """A static method that is abstract (older spelling)."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractproperty(property):
    """A property that is abstract (older spelling)."""

    __isabstractmethod__ = True


# Counts the calls of register(): answers of "no" given before the last one are stale.
_registrations = 0


def get_cache_token():
    """Return a token that changes whenever register() is called on any ABC."""
    return _registrations


class _Classes:
    """A set of classes that keeps none of them alive."""

    __slots__ = ("refs", "__weakref__")

    def __init__(self):
        self.refs = {}

    def has(self, cls):
        r = self.refs.get(id(cls))
        return r is not None and r() is cls

    def add(self, cls):
        key = id(cls)
        refs = self.refs

        def forget(dead):
            # A newer class may have got the number meanwhile.
            if refs.get(key) is dead:
                del refs[key]

        refs[key] = _ref(cls, forget)

    def alive(self):
        found = []
        for r in list(self.refs.values()):
            cls = r()
            if cls is not None:
                found.append(cls)
        return found

    def weakrefs(self):
        return set(self.refs.values())


class _abc_data:
    """What an abstract class knows of others."""

    __slots__ = ("registry", "yes", "no", "no_version")

    def __init__(self):
        self.registry = None
        self.yes = None
        self.no = None
        self.no_version = _registrations


_abc_data.__module__ = "builtins"


class ABCMeta(type):
    """Metaclass of abstract base classes."""

    def __new__(mcls, name, bases, namespace, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        abstract = set()
        for key, value in namespace.items():
            if getattr(value, "__isabstractmethod__", False):
                abstract.add(key)
        for base in bases:
            for key in getattr(base, "__abstractmethods__", ()):
                if getattr(getattr(cls, key, None), "__isabstractmethod__", False):
                    abstract.add(key)
        cls.__abstractmethods__ = frozenset(abstract)
        cls._abc_impl = _abc_data()
        return cls

    def register(cls, subclass):
        """Make a class count as a subclass of this one; return it."""
        global _registrations
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        data = cls._abc_impl
        if data.registry is None:
            data.registry = _Classes()
        data.registry.add(subclass)
        _registrations += 1
        return subclass

    def __instancecheck__(cls, instance):
        subclass = instance.__class__
        data = cls._abc_impl
        if data.yes is not None and data.yes.has(subclass):
            return True
        subtype = type(instance)
        if subtype is subclass:
            if (
                data.no is not None
                and data.no_version == _registrations
                and data.no.has(subclass)
            ):
                return False
            return cls.__subclasscheck__(subclass)
        if cls.__subclasscheck__(subclass):
            return True
        return cls.__subclasscheck__(subtype)

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        data = cls._abc_impl
        if data.yes is None:
            data.yes = _Classes()
            data.no = _Classes()
        elif data.yes.has(subclass):
            return True
        elif data.no_version < _registrations:
            data.no = _Classes()
        elif data.no.has(subclass):
            return False
        data.no_version = _registrations

        answer = cls.__subclasshook__(subclass)
        if answer is NotImplemented:
            answer = (
                cls in getattr(subclass, "__mro__", ())
                or _any_subclass(subclass, data)
                or _any_direct(subclass, cls)
            )
        elif not isinstance(answer, bool):
            raise AssertionError(
                "__subclasshook__ must return either False, True, or NotImplemented"
            )
        (data.yes if answer else data.no).add(subclass)
        return answer

    def _dump_registry(cls, file=None):
        data = cls._abc_impl
        show = lambda classes: set() if classes is None else classes.weakrefs()
        print(f"Class: {cls.__module__}.{cls.__qualname__}", file=file)
        print(f"Inv. counter: {get_cache_token()}", file=file)
        print(f"_abc_registry: {show(data.registry)!r}", file=file)
        print(f"_abc_cache: {show(data.yes)!r}", file=file)
        print(f"_abc_negative_cache: {show(data.no)!r}", file=file)
        print(f"_abc_negative_cache_version: {data.no_version!r}", file=file)

    def _abc_registry_clear(cls):
        cls._abc_impl.registry = None

    def _abc_caches_clear(cls):
        data = cls._abc_impl
        data.yes = _Classes()
        data.no = _Classes()


def _any_subclass(subclass, data):
    if data.registry is not None:
        for registered in data.registry.alive():
            if issubclass(subclass, registered):
                return True
    return False


def _any_direct(subclass, cls):
    for direct in cls.__subclasses__():
        if issubclass(subclass, direct):
            return True
    return False


class ABC(metaclass=ABCMeta):
    """A class whose only use is to bring the metaclass ABCMeta."""

    __slots__ = ()
