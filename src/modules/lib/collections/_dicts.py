"""`defaultdict` and `OrderedDict` where the engine has none of their own."""

from _collections_abc import ItemsView, KeysView, ValuesView

_absent = object()
_reprs_running = set()


class defaultdict(dict):
    """A dict that makes the value of a missing key."""

    __slots__ = ("default_factory",)

    def __init__(self, /, *args, **kwargs):
        factory = None
        if args:
            factory, *args = args
            if factory is not None and not callable(factory):
                raise TypeError("first argument must be callable or None")
        self.default_factory = factory
        dict.__init__(self, *args, **kwargs)

    def __missing__(self, key, /):
        factory = self.default_factory
        if factory is None:
            raise KeyError(key)
        self[key] = value = factory()
        return value

    def __repr__(self):
        items = dict.__repr__(self)
        factory = self.default_factory
        key = id(factory)
        if key in _reprs_running:
            text = "..."
        else:
            _reprs_running.add(key)
            try:
                text = repr(factory)
            finally:
                _reprs_running.discard(key)
        return f"{type(self).__name__}({text}, {items})"

    def copy(self):
        """Another defaultdict with the same items and factory."""
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __reduce__(self):
        factory = self.default_factory
        args = () if factory is None else (factory,)
        return type(self), args, None, None, iter(self.items())


defaultdict.__module__ = "collections"


def _walk(od, keys, left, moves):
    size = left
    for key in keys:
        yield key
        left -= 1
        if not left:
            return
        if dict.__len__(od) != size or od._moves != moves:
            raise RuntimeError("OrderedDict mutated during iteration")


def _repr_of_view(view):
    key = id(view._mapping), type(view)
    if key in _reprs_running:
        return "..."
    _reprs_running.add(key)
    try:
        return f"{type(view).__name__}({list(view)!r})"
    finally:
        _reprs_running.discard(key)


class odict_keys(KeysView):

    __slots__ = ()

    def __iter__(self):
        return OrderedDict.__iter__(self._mapping)

    def __reversed__(self):
        return OrderedDict.__reversed__(self._mapping)

    __repr__ = _repr_of_view


class odict_values(ValuesView):

    __slots__ = ()

    def __iter__(self):
        od = self._mapping
        for key in OrderedDict.__iter__(od):
            yield dict.__getitem__(od, key)

    def __reversed__(self):
        od = self._mapping
        for key in OrderedDict.__reversed__(od):
            yield dict.__getitem__(od, key)

    __repr__ = _repr_of_view


class odict_items(ItemsView):

    __slots__ = ()

    def __iter__(self):
        od = self._mapping
        for key in OrderedDict.__iter__(od):
            yield key, dict.__getitem__(od, key)

    def __reversed__(self):
        od = self._mapping
        for key in OrderedDict.__reversed__(od):
            yield key, dict.__getitem__(od, key)

    __repr__ = _repr_of_view


class OrderedDict(dict):
    """A dict whose order can be changed and counts in comparisons."""

    # The order is the dict's own. _moves counts what changes it and leaves the size; _taken how
    # many keys went from the front since the dict was last made anew (a dict finds its first key
    # slowly when many before it are gone).
    __slots__ = ("_moves", "_taken", "__dict__", "__weakref__")

    def __new__(cls, /, *args, **kwargs):
        self = dict.__new__(cls)
        self._moves = self._taken = 0
        return self

    def __init__(self, /, *args, **kwargs):
        n = len(args)
        if n > 1:
            raise TypeError(f"expected at most 1 arguments, got {n}")
        if type(self).__setitem__ is dict.__setitem__ and n and type(args[0]) is dict:
            dict.update(self, args[0])
            args = ()
        _update(self, args, kwargs)

    def __iter__(self):
        keys = dict.__iter__(self)
        return _walk(self, keys, dict.__len__(self), self._moves)

    def __reversed__(self):
        """The keys from the last to the first."""
        keys = dict.__reversed__(self)
        return _walk(self, keys, dict.__len__(self), self._moves)

    def update(self, /, *args, **kwargs):
        """Set pairs of a mapping or an iterable of pairs, then the keywords."""
        n = len(args)
        if n > 1:
            raise TypeError(f"update() takes at most 1 positional argument ({n} given)")
        _update(self, args, kwargs)

    def clear(self):
        """Remove all items."""
        dict.clear(self)
        self._moves += 1
        self._taken = 0

    def popitem(self, last=True, *more):
        """Remove the last pair, or the first, and return it."""
        if more:
            raise TypeError(f"popitem() takes at most 1 argument ({len(more) + 1} given)")
        n = dict.__len__(self)
        if not n:
            raise KeyError("dictionary is empty")
        self._moves += 1
        if last:
            if type(self) is OrderedDict:
                return dict.popitem(self)
            for key in dict.__reversed__(self):
                break
        else:
            taken = self._taken + 1
            if taken > 256 and taken * taken > 64 * n:
                all = list(dict.items(self))
                dict.clear(self)
                dict.update(self, all)
                taken = 0
            self._taken = taken
            for key in dict.__iter__(self):
                break
            if type(self) is OrderedDict:
                return key, dict.pop(self, key)
        return key, self.pop(key)

    def move_to_end(self, key, last=True):
        """Make a key the last, or the first."""
        value = dict.pop(self, key, _absent)
        if value is _absent:
            raise KeyError(key)
        self._moves += 1
        if last:
            dict.__setitem__(self, key, value)
        else:
            rest = list(dict.items(self))
            dict.clear(self)
            dict.__setitem__(self, key, value)
            dict.update(self, rest)

    def pop(self, key, default=_absent):
        """Remove a key and return its value, or the default (KeyError without one)."""
        if type(self) is OrderedDict:
            hash(key)
            if default is _absent:
                return dict.pop(self, key)
            return dict.pop(self, key, default)
        if key in self:
            value = self[key]
            del self[key]
            return value
        if default is not _absent:
            return default
        raise KeyError(key)

    def setdefault(self, key, default=None):
        """The value of a key, which is set to the default if it is not there."""
        if type(self) is OrderedDict:
            return dict.setdefault(self, key, default)
        if key in self:
            return self[key]
        self[key] = default
        return default

    def keys(self):
        """A view of the keys."""
        return odict_keys(self)

    def values(self):
        """A view of the values."""
        return odict_values(self)

    def items(self):
        """A view of the pairs."""
        return odict_items(self)

    def copy(self):
        """Another of the same class with the same items."""
        new = type(self)()
        for key in dict.__iter__(self):
            new[key] = self[key]
        return new

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """A new one with these keys, all with one value."""
        new = cls()
        for key in iterable:
            new[key] = value
        return new

    def __reduce__(self):
        state = vars(self)
        return type(self), (), state.copy() if state else None, None, iter(self.items())

    def __repr__(self):
        key = id(self)
        name = type(self).__name__
        if not dict.__len__(self):
            return f"{name}()"
        if key in _reprs_running:
            return "..."
        _reprs_running.add(key)
        try:
            return f"{name}({list(self.items())!r})"
        finally:
            _reprs_running.discard(key)

    __hash__ = None

    def __eq__(self, other):
        equal = dict.__eq__(self, other)
        if equal is True and isinstance(other, OrderedDict):
            return all(a is b or a == b
                       for a, b in zip(dict.__iter__(self), dict.__iter__(other)))
        return equal

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal


def _pair(pair):
    try:
        key, value = pair
    except ValueError:
        n = len(tuple(pair))
        if n < 2:
            ending = "" if n == 1 else "s"
            raise ValueError(f"need more than {n} value{ending} to unpack") from None
        raise
    return key, value


def _update(od, args, kwargs):
    if args:
        other = args[0]
        if isinstance(other, dict):
            for key in other:
                od[key] = other[key]
        elif hasattr(other, "keys"):
            for key in other.keys():
                od[key] = other[key]
        elif hasattr(other, "items"):
            for pair in other.items():
                key, value = _pair(pair)
                od[key] = value
        else:
            for pair in other:
                key, value = _pair(pair)
                od[key] = value
    for key in kwargs:
        od[key] = kwargs[key]


OrderedDict.__module__ = "collections"
