"""Containers: `namedtuple`, `deque`, `ChainMap`, `Counter`, `OrderedDict`, `defaultdict`, `UserDict`,
`UserList`, `UserString`."""

__all__ = ["deque", "defaultdict", "namedtuple", "UserDict", "UserList", "UserString", "Counter",
           "OrderedDict", "ChainMap"]

import _collections_abc
import sys as _sys
from keyword import iskeyword as _iskeyword
from reprlib import recursive_repr as _recursive_repr

from _collections import OrderedDict, _count_elements, _tuplegetter, defaultdict, deque
_collections_abc.MutableSequence.register(deque)


def __getattr__(name):
    # Once the abstract classes were here.
    if name in _collections_abc.__all__:
        found = getattr(_collections_abc, name)
        from warnings import warn
        warn("Using or importing the ABCs from 'collections' instead of from 'collections.abc' "
             "is deprecated since Python 3.3, and in 3.10 it will stop working",
             DeprecationWarning, stacklevel=2)
        globals()[name] = found
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# namedtuple

def _checked_fields(typename, names, rename):
    """The names as strings that may be names of fields."""
    names = [str(n) for n in names]
    if rename:
        seen = set()
        for i, name in enumerate(names):
            if (not name.isidentifier() or _iskeyword(name) or name.startswith("_")
                    or name in seen):
                names[i] = f"_{i}"
            seen.add(name)
    for name in [typename] + names:
        if type(name) is not str:
            raise TypeError("Type names and field names must be strings")
        if not name.isidentifier():
            raise ValueError(f"Type names and field names must be valid identifiers: {name!r}")
        if _iskeyword(name):
            raise ValueError(f"Type names and field names cannot be a keyword: {name!r}")
    seen = set()
    for name in names:
        if name.startswith("_") and not rename:
            raise ValueError(f"Field names cannot start with an underscore: {name!r}")
        if name in seen:
            raise ValueError(f"Encountered duplicate field name: {name!r}")
        seen.add(name)
    return tuple(map(_sys.intern, names))


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """Make a class of tuples whose items are attributes too."""
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    typename = _sys.intern(str(typename))
    fields = _checked_fields(typename, field_names, rename)
    size = len(fields)
    field_defaults = {}
    if defaults is not None:
        defaults = tuple(defaults)
        if len(defaults) > size:
            raise TypeError("Got more default values than field names")
        field_defaults = dict(zip(fields[size - len(defaults):], defaults))
    listed = ", ".join(fields)
    if size == 1:
        listed += ","
    shown = "(" + ", ".join(f"{name}=%r" for name in fields) + ")"
    new_tuple = tuple.__new__

    # Only source text can give the parameters their names.
    scope = {"_tuple_new": new_tuple, "__name__": f"namedtuple_{typename}"}
    params = f"_cls, {listed}" if size else "_cls"
    exec(f"def __new__({params}): return _tuple_new(_cls, ({listed}))", scope)
    __new__ = scope["__new__"]
    __new__.__doc__ = f"Create new instance of {typename}({listed})"
    if defaults is not None:
        __new__.__defaults__ = defaults

    @classmethod
    def _make(cls, iterable):
        made = new_tuple(cls, iterable)
        if len(made) != size:
            raise TypeError(f"Expected {size} arguments, got {len(made)}")
        return made

    _make.__func__.__doc__ = f"Make a new {typename} object from a sequence or iterable"

    def _replace(self, /, **kwds):
        made = self._make(map(kwds.pop, fields, self))
        if kwds:
            raise ValueError(f"Got unexpected field names: {list(kwds)!r}")
        return made

    _replace.__doc__ = f"Return a new {typename} object replacing specified fields with new values"

    def __repr__(self):
        """The class's name and the fields"""
        return self.__class__.__name__ + shown % self

    def _asdict(self):
        """A new dict from names to values."""
        return dict(zip(self._fields, self))

    def __getnewargs__(self):
        """The items as a plain tuple."""
        return tuple(self)

    for method in (__new__, _make.__func__, _replace, __repr__, _asdict, __getnewargs__):
        method.__qualname__ = f"{typename}.{method.__name__}"
    namespace = {
        "__doc__": f"{typename}({listed})",
        "__slots__": (),
        "_fields": fields,
        "_field_defaults": field_defaults,
        "_fields_defaults": field_defaults,
        "__new__": __new__,
        "_make": _make,
        "_replace": _replace,
        "__repr__": __repr__,
        "_asdict": _asdict,
        "__getnewargs__": __getnewargs__,
    }
    for i, name in enumerate(fields):
        namespace[name] = _tuplegetter(i, _sys.intern(f"Alias for field number {i}"))
    made = type(typename, (tuple,), namespace)

    if module is None:
        try:
            module = _sys._getframe(1).f_globals.get("__name__", "__main__")
        except (AttributeError, ValueError):
            return made
    if module is not None:
        made.__module__ = module
    return made


# Counter

def _count_of(pair):
    return pair[1]


class Counter(dict):
    """How often things are there."""

    def __init__(self, iterable=None, /, **kwds):
        super(Counter, self).__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        """What is not there is there 0 times."""
        return 0

    def most_common(self, n=None):
        """Pairs of items and counts, the most frequent first: all, or so many."""
        if n is None:
            return sorted(self.items(), key=_count_of, reverse=True)
        from heapq import nlargest
        return nlargest(n, self.items(), key=_count_of)

    def elements(self):
        """Each item as often as it counts."""
        from itertools import chain, repeat, starmap
        return chain.from_iterable(starmap(repeat, self.items()))

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError(
            "Counter.fromkeys() is undefined.  Use Counter(iterable) instead.")

    def update(self, iterable=None, /, **kwds):
        """Add the counts of a mapping, or count the items of an iterable."""
        if iterable is not None:
            if isinstance(iterable, _collections_abc.Mapping):
                if self:
                    get = self.get
                    for item, count in iterable.items():
                        self[item] = count + get(item, 0)
                else:
                    super(Counter, self).update(iterable)
            else:
                _count_elements(self, iterable)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Take away counts; they may become negative."""
        if iterable is not None:
            get = self.get
            if isinstance(iterable, _collections_abc.Mapping):
                for item, count in iterable.items():
                    self[item] = get(item, 0) - count
            else:
                for item in iterable:
                    self[item] = get(item, 0) - 1
        if kwds:
            self.subtract(kwds)

    def copy(self):
        """Another with the same counts."""
        return self.__class__(self)

    def __reduce__(self):
        return self.__class__, (dict(self),)

    def __delitem__(self, elem):
        """Forget an item; that it is not there is no error."""
        if elem in self:
            super().__delitem__(elem)

    def __repr__(self):
        name = self.__class__.__name__
        if not self:
            return f"{name}()"
        try:
            items = ", ".join(["%r: %r" % pair for pair in self.most_common()])
        except TypeError:
            return f"{name}({dict(self)!r})"
        return "%s({%s})" % (name, items)

    # Results of operators keep the counts over 0.

    def __add__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for item, count in self.items():
            count = count + other[item]
            if count > 0:
                result[item] = count
        for item, count in other.items():
            if item not in self and count > 0:
                result[item] = count
        return result

    def __sub__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for item, count in self.items():
            count = count - other[item]
            if count > 0:
                result[item] = count
        for item, count in other.items():
            if item not in self and count < 0:
                result[item] = 0 - count
        return result

    def __or__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for item, count in self.items():
            theirs = other[item]
            if count < theirs:
                count = theirs
            if count > 0:
                result[item] = count
        for item, count in other.items():
            if item not in self and count > 0:
                result[item] = count
        return result

    def __and__(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        result = Counter()
        for item, count in self.items():
            theirs = other[item]
            if not count < theirs:
                count = theirs
            if count > 0:
                result[item] = count
        return result

    def __pos__(self):
        """Only the counts over 0."""
        result = Counter()
        for item, count in self.items():
            if count > 0:
                result[item] = count
        return result

    def __neg__(self):
        """The counts under 0, turned around."""
        result = Counter()
        for item, count in self.items():
            if count < 0:
                result[item] = 0 - count
        return result

    def _keep_positive(self):
        for item in [item for item, count in self.items() if not count > 0]:
            del self[item]
        return self

    def __iadd__(self, other):
        for item, count in other.items():
            self[item] += count
        return self._keep_positive()

    def __isub__(self, other):
        for item, count in other.items():
            self[item] -= count
        return self._keep_positive()

    def __ior__(self, other):
        for item, theirs in other.items():
            if theirs > self[item]:
                self[item] = theirs
        return self._keep_positive()

    def __iand__(self, other):
        for item, count in self.items():
            theirs = other[item]
            if theirs < count:
                self[item] = theirs
        return self._keep_positive()


class ChainMap(_collections_abc.MutableMapping):
    """Mappings that are searched one after the other; writing goes to the first."""

    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for mapping in self.maps:
            try:
                return mapping[key]
            except KeyError:
                pass
        return self.__missing__(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __len__(self):
        return len(set().union(*self.maps))

    def __iter__(self):
        keys = {}
        for mapping in reversed(self.maps):
            keys.update(mapping)
        return iter(keys)

    def __contains__(self, key):
        return any(key in m for m in self.maps)

    def __bool__(self):
        return any(self.maps)

    @_recursive_repr()
    def __repr__(self):
        return f"{self.__class__.__name__}({', '.join(map(repr, self.maps))})"

    @classmethod
    def fromkeys(cls, iterable, *args):
        """One with a single dict of these keys."""
        return cls(dict.fromkeys(iterable, *args))

    def copy(self):
        """Another, with a copy of the first mapping and the others themselves."""
        return self.__class__(self.maps[0].copy(), *self.maps[1:])

    __copy__ = copy

    def new_child(self, m=None):
        """Another with a mapping (a new dict) before these."""
        return self.__class__({} if m is None else m, *self.maps)

    @property
    def parents(self):
        """Another without the first mapping."""
        return self.__class__(*self.maps[1:])

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}")

    def popitem(self):
        """Remove a pair of the first mapping and return it."""
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError("No keys found in the first mapping.")

    def pop(self, key, *args):
        """Remove a key of the first mapping and return its value."""
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise KeyError(f"Key not found in the first mapping: {key!r}")

    def clear(self):
        """Clear the first mapping."""
        self.maps[0].clear()


# What programs derive from when they cannot from the builtins.

class UserDict(_collections_abc.MutableMapping):

    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        if dict is None and "dict" in kwargs:
            dict = kwargs.pop("dict")
            from warnings import warn
            warn("Passing 'dict' as keyword argument is deprecated", DeprecationWarning,
                 stacklevel=2)
        if dict is not None:
            self.update(dict)
        if kwargs:
            self.update(kwargs)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, key):
        data = self.data
        if key in data:
            return data[key]
        missing = getattr(self.__class__, "__missing__", None)
        if missing is not None:
            return missing(self, key)
        raise KeyError(key)

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    # Not by __getitem__, which may make what is missing.
    def __contains__(self, key):
        return key in self.data

    def __repr__(self):
        return repr(self.data)

    def __copy__(self):
        new = self.__class__.__new__(self.__class__)
        new.__dict__.update(self.__dict__)
        new.__dict__["data"] = self.__dict__["data"].copy()
        return new

    def copy(self):
        if self.__class__ is UserDict:
            return UserDict(self.data.copy())
        from copy import copy
        data = self.data
        try:
            self.data = {}
            new = copy(self)
        finally:
            self.data = data
        new.update(self)
        return new

    @classmethod
    def fromkeys(cls, iterable, value=None):
        new = cls()
        for key in iterable:
            new[key] = value
        return new


from collections._user import UserList, UserString
