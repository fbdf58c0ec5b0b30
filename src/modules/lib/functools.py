"""Functions that take or return functions."""

__all__ = [
    "update_wrapper",
    "wraps",
    "WRAPPER_ASSIGNMENTS",
    "WRAPPER_UPDATES",
    "total_ordering",
    "cmp_to_key",
    "lru_cache",
    "reduce",
    "partial",
    "partialmethod",
    "singledispatch",
    "singledispatchmethod",
    "cached_property",
]

from _functools import _lru_cache_wrapper, cmp_to_key, partial, reduce

try:
    from _thread import RLock
except ImportError:

    class RLock:
        """Nobody to wait for without threads."""

        def __enter__(self):
            return True

        def __exit__(self, *exc):
            pass


WRAPPER_ASSIGNMENTS = (
    "__module__",
    "__name__",
    "__qualname__",
    "__doc__",
    "__annotations__",
)
WRAPPER_UPDATES = ("__dict__",)


def update_wrapper(
    wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES
):
    """Make a function look like the one it wraps."""
    for name in assigned:
        try:
            value = getattr(wrapped, name)
        except AttributeError:
            continue
        setattr(wrapper, name, value)
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """A decorator that makes a function look like the one it wraps."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


# total_ordering: how a comparison follows from another one (the root).


def _not(root):
    def method(self, other):
        answer = getattr(self, root)(other)
        return answer if answer is NotImplemented else not answer

    return method


def _not_and_ne(root):
    def method(self, other):
        answer = getattr(self, root)(other)
        if answer is NotImplemented:
            return answer
        return not answer and self != other

    return method


def _and_ne(root):
    def method(self, other):
        answer = getattr(self, root)(other)
        if answer is NotImplemented:
            return answer
        return answer and self != other

    return method


def _or_eq(root):
    def method(self, other):
        answer = getattr(self, root)(other)
        if answer is NotImplemented:
            return answer
        return answer or self == other

    return method


def _not_or_eq(root):
    def method(self, other):
        answer = getattr(self, root)(other)
        if answer is NotImplemented:
            return answer
        return not answer or self == other

    return method


# In the order in which roots are preferred.
_DERIVED = {
    "lt": {"gt": _not_and_ne, "le": _or_eq, "ge": _not},
    "le": {"ge": _not_or_eq, "lt": _and_ne, "gt": _not},
    "gt": {"lt": _not_and_ne, "ge": _or_eq, "le": _not},
    "ge": {"le": _not_or_eq, "gt": _and_ne, "lt": _not},
}


def _derive(root, op):
    shown = "_%s_from_%s" % (op, root)
    method = globals().get(shown)
    if method is None:
        method = _DERIVED[root][op]("__%s__" % root)
        method.__name__ = "__%s__" % op
        method.__qualname__ = shown
        globals()[shown] = method
    return method


def total_ordering(cls):
    """Add the comparisons that follow from the one that a class defines."""
    defined = [
        op
        for op in _DERIVED
        if getattr(cls, "__%s__" % op, None)
        is not getattr(object, "__%s__" % op, None)
    ]
    if not defined:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    for op in _DERIVED[defined[0]]:
        if op not in defined:
            setattr(cls, "__%s__" % op, _derive(defined[0], op))
    return cls


def _unwrap_partial(func):
    while isinstance(func, partial):
        func = func.func
    return func


class partialmethod:
    """A method with some of its arguments given."""

    def __init__(*args, **keywords):
        if not args:
            raise TypeError(
                "descriptor '__init__' of partialmethod needs an argument"
            )
        if len(args) >= 2:
            self, func, *args = args
        elif "func" in keywords:
            func = keywords.pop("func")
            self, *args = args
            import warnings

            warnings.warn(
                "Passing 'func' as keyword argument is deprecated",
                DeprecationWarning,
                stacklevel=2,
            )
        else:
            raise TypeError(
                "type 'partialmethod' takes at least one argument, "
                "got %d" % (len(args) - 1)
            )
        args = tuple(args)
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError("{!r} is not callable or a descriptor".format(func))
        if isinstance(func, partialmethod):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    __init__.__text_signature__ = "($self, func, /, *args, **keywords)"

    def __repr__(self):
        cls = self.__class__
        args = ", ".join(map(repr, self.args))
        keywords = ", ".join(f"{name}={value!r}" for name, value in self.keywords.items())
        return f"{cls.__module__}.{cls.__qualname__}({self.func}, {args}, {keywords})"

    def _make_unbound_method(self):
        def _method(cls_or_self, /, *args, **keywords):
            keywords = {**self.keywords, **keywords}
            return self.func(cls_or_self, *self.args, *args, **keywords)

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method._partialmethod = self
        return _method

    def __get__(self, obj, cls=None):
        getter = getattr(self.func, "__get__", None)
        if getter is not None:
            bound = getter(obj, cls)
            if bound is not self.func:
                # What binds by itself takes the given arguments after that.
                made = partial(bound, *self.args, **self.keywords)
                try:
                    made.__self__ = bound.__self__
                except AttributeError:
                    pass
                return made
        return self._make_unbound_method().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)


class _CacheInfo(tuple):
    """Counters of a cache: hits, misses, its limit and its size."""

    __slots__ = ()
    _fields = ("hits", "misses", "maxsize", "currsize")

    def __new__(_cls, hits, misses, maxsize, currsize):
        return tuple.__new__(_cls, (hits, misses, maxsize, currsize))

    hits = property(lambda self: self[0])
    misses = property(lambda self: self[1])
    maxsize = property(lambda self: self[2])
    currsize = property(lambda self: self[3])

    def __repr__(self):
        return self.__class__.__name__ + (
            "(hits=%r, misses=%r, maxsize=%r, currsize=%r)" % tuple(self)
        )

    def __getnewargs__(self):
        return tuple(self)

    def _asdict(self):
        return dict(zip(self._fields, self))

    @classmethod
    def _make(cls, iterable):
        return cls(*iterable)

    def _replace(self, **changes):
        made = self._make(changes.pop(name, value) for name, value in self._asdict().items())
        if changes:
            raise ValueError(f"Got unexpected field names: {list(changes)!r}")
        return made


_CacheInfo.__name__ = _CacheInfo.__qualname__ = "CacheInfo"


def lru_cache(maxsize=128, typed=False):
    """Remember the results of the last different calls of a function."""
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        # Without parentheses: the argument is the function.
        return update_wrapper(
            _lru_cache_wrapper(maxsize, 128, typed, _CacheInfo), maxsize
        )
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")

    def decorating_function(user_function):
        wrapper = _lru_cache_wrapper(user_function, maxsize, typed, _CacheInfo)
        return update_wrapper(wrapper, user_function)

    return decorating_function


# singledispatch: abstract classes take their place in the order of a class's bases.


def _c3_merge(sequences):
    """Merge orders into one that keeps each of them."""
    result = []
    while True:
        sequences = [s for s in sequences if s]
        if not sequences:
            return result
        for sequence in sequences:
            candidate = sequence[0]
            if not any(candidate in s[1:] for s in sequences):
                break
        else:
            raise RuntimeError("Inconsistent hierarchy")
        result.append(candidate)
        sequences = [s[1:] if s[0] is candidate else s for s in sequences]


def _c3_mro(cls, abcs=None):
    """The order of a class's bases with abstract classes put in where they belong."""
    bases = list(cls.__bases__)
    # After the last base that is abstract itself, the new ones follow.
    split = 0
    for i, base in enumerate(bases, 1):
        if hasattr(base, "__abstractmethods__"):
            split = i
    new = []
    for abc in abcs or ():
        if issubclass(cls, abc) and not any(issubclass(b, abc) for b in bases):
            new.append(abc)
    rest = [abc for abc in abcs or () if abc not in new]
    groups = bases[:split], new, bases[split:]
    orders = [[cls]]
    for group in groups:
        orders.extend(_c3_mro(base, rest) for base in group)
    orders.extend(list(group) for group in groups)
    return _c3_merge(orders)


def _compose_mro(cls, types):
    """The order of a class's bases together with those of the types it is an instance of."""
    own = set(cls.__mro__)
    related = [
        t
        for t in types
        if t not in own and hasattr(t, "__mro__") and issubclass(cls, t)
    ]
    # A base of another one comes in with that.
    related = [
        t for t in related if not any(t is not u and t in u.__mro__ for u in related)
    ]
    wanted = set(related)
    abcs = []
    for t in related:
        chains = [
            [base for base in sub.__mro__ if base in wanted]
            for sub in t.__subclasses__()
            if sub not in own and issubclass(cls, sub)
        ]
        chains.sort(key=len, reverse=True)
        for chain in chains or [[t]]:
            abcs.extend(base for base in chain if base not in abcs)
    return _c3_mro(cls, abcs)


def _find_impl(cls, registry):
    """The function registered for the class that is nearest."""
    found = None
    for t in _compose_mro(cls, registry.keys()):
        if found is not None:
            if (
                t in registry
                and t not in cls.__mro__
                and found not in cls.__mro__
                and not issubclass(found, t)
            ):
                raise RuntimeError("Ambiguous dispatch: {} or {}".format(found, t))
            break
        if t in registry:
            found = t
    return registry.get(found)


def singledispatch(func):
    """A function that is chosen by the class of its first argument."""
    import weakref
    from types import MappingProxyType

    registry = {}
    dispatch_cache = weakref.WeakKeyDictionary()
    # Changes when an abstract class among the registered gets another subclass.
    token = None

    def dispatch(cls):
        """Return the function that is called for a class."""
        nonlocal token
        if token is not None:
            now = get_cache_token()
            if token != now:
                dispatch_cache.clear()
                token = now
        try:
            return dispatch_cache[cls]
        except KeyError:
            pass
        chosen = registry.get(cls)
        if chosen is None:
            chosen = _find_impl(cls, registry)
        dispatch_cache[cls] = chosen
        return chosen

    def register(cls, func=None):
        """Register a function for a class."""
        nonlocal token
        if func is None:
            if isinstance(cls, type):
                return lambda f: register(cls, f)
            func = cls
            cls = _first_annotation(func)
        registry[cls] = func
        if token is None and hasattr(cls, "__abstractmethods__"):
            token = get_cache_token()
        dispatch_cache.clear()
        return func

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f"{name} requires at least 1 positional argument")
        return dispatch(args[0].__class__)(*args, **kw)

    name = getattr(func, "__name__", "singledispatch function")
    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = MappingProxyType(registry)
    wrapper._clear_cache = dispatch_cache.clear
    update_wrapper(wrapper, func)
    return wrapper


def get_cache_token():
    import abc

    return abc.get_cache_token()


def _first_annotation(func):
    annotations = getattr(func, "__annotations__", {})
    if not annotations:
        raise TypeError(
            f"Invalid first argument to `register()`: {func!r}. "
            "Use either `@register(some_class)` "
            "or plain `@register` on an annotated function."
        )
    name, cls = next(iter(annotations.items()))
    if cls is None:
        cls = type(None)
    elif isinstance(cls, str):
        inner = func
        while hasattr(inner, "__wrapped__"):
            inner = inner.__wrapped__
        cls = eval(cls, getattr(inner, "__globals__", {}))
    if not isinstance(cls, type):
        raise TypeError(f"Invalid annotation for {name!r}. {cls!r} is not a class.")
    return cls


class singledispatchmethod:
    """A method that is chosen by the class of its first argument."""

    def __init__(self, func):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        """Register a method for a class."""
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        def _method(*args, **kwargs):
            method = self.dispatcher.dispatch(args[0].__class__)
            return method.__get__(obj, cls)(*args, **kwargs)

        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method.register = self.register
        update_wrapper(_method, self.func)
        return _method

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, "__isabstractmethod__", False)


_NOT_FOUND = object()


class cached_property:
    """A property that is computed once and then kept in the instance."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.lock = RLock()

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(
                "Cannot assign the same cached_property to two different names "
                f"({self.attrname!r} and {name!r})."
            )

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        name = self.attrname
        if name is None:
            raise TypeError(
                "Cannot use cached_property instance without calling __set_name__ on it."
            )
        try:
            kept = instance.__dict__
        except AttributeError:
            raise TypeError(
                f"No '__dict__' attribute on {type(instance).__name__!r} "
                f"instance to cache {name!r} property."
            ) from None
        value = kept.get(name, _NOT_FOUND)
        if value is not _NOT_FOUND:
            return value
        with self.lock:
            # Another thread may have been first.
            value = kept.get(name, _NOT_FOUND)
            if value is _NOT_FOUND:
                value = self.func(instance)
                try:
                    kept[name] = value
                except TypeError:
                    raise TypeError(
                        f"The '__dict__' attribute on {type(instance).__name__!r} "
                        "instance does not support item assignment for caching "
                        f"{name!r} property."
                    ) from None
        return value
