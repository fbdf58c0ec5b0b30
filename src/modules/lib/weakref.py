"""References that do not keep what they refer to alive, and containers of such."""

from _weakref import getweakrefcount, getweakrefs, ref
from _weakrefset import WeakSet, _IterationGuard
from _collections_abc import MutableMapping

__all__ = ["ref", "proxy", "getweakrefcount", "getweakrefs", "WeakKeyDictionary", "ReferenceType",
           "ProxyType", "CallableProxyType", "ProxyTypes", "WeakValueDictionary", "WeakSet",
           "WeakMethod", "finalize"]

ReferenceType = ref

try:
    from _weakref import CallableProxyType, ProxyType, proxy
    ProxyTypes = (ProxyType, CallableProxyType)
except ImportError:
    def __getattr__(name):
        # Made when somebody asks.
        if name in ("proxy", "ProxyType", "CallableProxyType", "ProxyTypes"):
            import _weakproxy
            found = globals()[name] = getattr(_weakproxy, name)
            return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

try:
    from _weakref import _remove_dead_weakref
except ImportError:
    def _remove_dead_weakref(dct, key):
        """Delete a key whose reference is dead, if it is there."""
        r = dct.get(key)
        if r is not None and r() is None:
            del dct[key]

_absent = object()


class WeakMethod(ref):
    """A reference to a bound method, alive as long as its object and its function are."""

    # Both are referred to from here; what this is a reference to itself does not matter.
    __slots__ = ("_obj_ref", "_func_ref", "_meth_type", "_alive", "__weakref__")

    def __new__(cls, meth, callback=None):
        try:
            obj = meth.__self__
            func = meth.__func__
        except AttributeError:
            raise TypeError(f"argument should be a bound method, not {type(meth)}") from None

        def _died(_):
            # Whichever dies first; the callback is told once.
            self = myself()
            if self is not None and self._alive:
                self._alive = False
                if callback is not None:
                    callback(self)
        self = ref.__new__(cls, cls)
        self._obj_ref = ref(obj, _died)
        self._func_ref = ref(func, _died)
        self._meth_type = type(meth)
        self._alive = True
        myself = ref(self)
        return self

    def __init__(self, meth, callback=None):
        pass

    def __call__(self):
        obj = self._obj_ref()
        func = self._func_ref()
        if obj is None or func is None:
            return None
        return self._meth_type(func, obj)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if not self._alive or not other._alive:
            return self is other
        return self._obj_ref == other._obj_ref and self._func_ref == other._func_ref

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    def __hash__(self):
        return hash(self._obj_ref)

    def __repr__(self):
        obj = self._obj_ref()
        if obj is None:
            return "<weakref at %#x; dead>" % id(self)
        return "<weakref at %#x; to %r at %#x>" % (id(self), type(obj).__name__, id(obj))


def _keyed(value, remove, key):
    """A reference whose callback knows the key it is the value of."""
    return ref(value, lambda r: remove(r, key))


class WeakValueDictionary(MutableMapping):
    """A mapping whose entries go when nothing else keeps their value alive."""

    def __init__(self, other=(), /, **kw):
        def remove(wr, key, myself=ref(self)):
            self = myself()
            if self is not None:
                if self._iterating:
                    self._pending_removals.append(key)
                else:
                    # The key may have got another value meanwhile.
                    _remove_dead_weakref(self.data, key)
        self._remove = remove
        self._pending_removals = []
        self._iterating = set()
        self.data = {}
        self.update(other, **kw)

    def _commit_removals(self):
        pending = self._pending_removals
        while pending:
            try:
                key = pending.pop()
            except IndexError:
                return
            _remove_dead_weakref(self.data, key)

    def _settle(self):
        if self._pending_removals:
            self._commit_removals()

    def __getitem__(self, key):
        self._settle()
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __delitem__(self, key):
        self._settle()
        del self.data[key]

    def __len__(self):
        self._settle()
        return len(self.data)

    def __contains__(self, key):
        self._settle()
        r = self.data.get(key)
        return r is not None and r() is not None

    def __repr__(self):
        return "<%s at %#x>" % (self.__class__.__name__, id(self))

    def __setitem__(self, key, value):
        self._settle()
        self.data[key] = _keyed(value, self._remove, key)

    def copy(self):
        self._settle()
        new = WeakValueDictionary()
        with _IterationGuard(self):
            for key, r in self.data.items():
                value = r()
                if value is not None:
                    new[key] = value
        return new

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy
        self._settle()
        new = self.__class__()
        with _IterationGuard(self):
            for key, r in self.data.items():
                value = r()
                if value is not None:
                    new[deepcopy(key, memo)] = value
        return new

    def get(self, key, default=None):
        self._settle()
        r = self.data.get(key)
        if r is None:
            return default
        value = r()
        return default if value is None else value

    def items(self):
        self._settle()
        with _IterationGuard(self):
            for key, r in self.data.items():
                value = r()
                if value is not None:
                    yield key, value

    def keys(self):
        self._settle()
        with _IterationGuard(self):
            for key, r in self.data.items():
                if r() is not None:
                    yield key

    __iter__ = keys

    def itervaluerefs(self):
        """The references themselves; what they refer to may be gone."""
        self._settle()
        with _IterationGuard(self):
            yield from self.data.values()

    def values(self):
        self._settle()
        with _IterationGuard(self):
            for r in self.data.values():
                value = r()
                if value is not None:
                    yield value

    def popitem(self):
        self._settle()
        while True:
            key, r = self.data.popitem()
            value = r()
            if value is not None:
                return key, value

    def pop(self, key, *args):
        self._settle()
        r = self.data.pop(key, None)
        value = None if r is None else r()
        if value is not None:
            return value
        if args:
            return args[0]
        raise KeyError(key)

    def setdefault(self, key, default=None):
        self._settle()
        r = self.data.get(key)
        value = None if r is None else r()
        if value is None:
            self.data[key] = _keyed(default, self._remove, key)
            return default
        return value

    def update(self, other=None, /, **kwargs):
        self._settle()
        data = self.data
        if other is not None:
            if not hasattr(other, "items"):
                other = dict(other)
            for key, value in other.items():
                data[key] = _keyed(value, self._remove, key)
        for key, value in kwargs.items():
            data[key] = _keyed(value, self._remove, key)

    def valuerefs(self):
        """A list of the references; what they refer to may be gone."""
        self._settle()
        return list(self.data.values())


class WeakKeyDictionary(MutableMapping):
    """A mapping whose entries go when nothing else keeps their key alive."""

    def __init__(self, dict=None):
        self.data = {}

        def remove(k, myself=ref(self)):
            self = myself()
            if self is not None:
                if self._iterating:
                    self._pending_removals.append(k)
                else:
                    try:
                        del self.data[k]
                    except KeyError:
                        pass
        self._remove = remove
        self._pending_removals = []
        self._iterating = set()
        # Whether some pending removal may have been done otherwise already.
        self._dirty_len = False
        if dict is not None:
            self.update(dict)

    def _commit_removals(self):
        # Removing may kill another key, whose removal comes at the end.
        pending = self._pending_removals
        data = self.data
        while pending:
            try:
                key = pending.pop()
            except IndexError:
                return
            try:
                del data[key]
            except KeyError:
                pass

    def _scrub_removals(self):
        data = self.data
        self._pending_removals = [k for k in self._pending_removals if k in data]
        self._dirty_len = False

    def __delitem__(self, key):
        self._dirty_len = True
        del self.data[ref(key)]

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __len__(self):
        if self._dirty_len and self._pending_removals:
            self._scrub_removals()
        return len(self.data) - len(self._pending_removals)

    def __repr__(self):
        return "<%s at %#x>" % (self.__class__.__name__, id(self))

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def copy(self):
        new = WeakKeyDictionary()
        with _IterationGuard(self):
            for r, value in self.data.items():
                key = r()
                if key is not None:
                    new[key] = value
        return new

    __copy__ = copy

    def __deepcopy__(self, memo):
        from copy import deepcopy
        new = self.__class__()
        with _IterationGuard(self):
            for r, value in self.data.items():
                key = r()
                if key is not None:
                    new[key] = deepcopy(value, memo)
        return new

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def __contains__(self, key):
        try:
            r = ref(key)
        except TypeError:
            return False
        return r in self.data

    def items(self):
        with _IterationGuard(self):
            for r, value in self.data.items():
                key = r()
                if key is not None:
                    yield key, value

    def keys(self):
        with _IterationGuard(self):
            for r in self.data:
                key = r()
                if key is not None:
                    yield key

    __iter__ = keys

    def values(self):
        with _IterationGuard(self):
            for r, value in self.data.items():
                if r() is not None:
                    yield value

    def keyrefs(self):
        """A list of the references; what they refer to may be gone."""
        return list(self.data)

    def popitem(self):
        self._dirty_len = True
        while True:
            r, value = self.data.popitem()
            key = r()
            if key is not None:
                return key, value

    def pop(self, key, *args):
        self._dirty_len = True
        return self.data.pop(ref(key), *args)

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._remove), default)

    def update(self, dict=None, /, **kwargs):
        data = self.data
        if dict is not None:
            if not hasattr(dict, "items"):
                dict = type({})(dict)
            for key, value in dict.items():
                data[ref(key, self._remove)] = value
        if kwargs:
            self.update(kwargs)


def _deprecated(name):
    from warnings import warn
    warn(f"Passing {name!r} as keyword argument is deprecated", DeprecationWarning, stacklevel=3)


class finalize:
    """A call to be made when an object dies, or when the program ends."""

    # What is to be done is kept in the registry, not here: a finalizer dropped by the program
    # is still alive.
    __slots__ = ()
    _registry = {}
    _shutdown = False
    _next = 0
    _dirty = False
    _registered_with_atexit = False

    class _Info:
        __slots__ = ("weakref", "func", "args", "kwargs", "atexit", "index")

    def __init__(*args, **kwargs):
        # Once the first parameters had names that could be given.
        if len(args) >= 3:
            self, obj, func, *args = args
        elif not args:
            raise TypeError("descriptor '__init__' of 'finalize' object needs an argument")
        else:
            if "func" not in kwargs:
                raise TypeError("finalize expected at least 2 positional arguments, got "
                                f"{len(args) - 1}")
            func = kwargs.pop("func")
            if len(args) == 2:
                self, obj, *args = args
                _deprecated("func")
            else:
                if "obj" not in kwargs:
                    raise TypeError("finalize expected at least 2 positional arguments, got "
                                    f"{len(args) - 1}")
                obj = kwargs.pop("obj")
                self, *args = args
                _deprecated("obj")
        args = tuple(args)

        if not finalize._registered_with_atexit:
            try:
                import atexit
            except ImportError:
                pass
            else:
                atexit.register(finalize._exitfunc)
            finalize._registered_with_atexit = True
        info = finalize._Info()
        info.weakref = ref(obj, self)
        info.func = func
        info.args = args
        info.kwargs = kwargs or None
        info.atexit = True
        info.index = finalize._next
        finalize._next += 1
        finalize._registry[self] = info
        finalize._dirty = True

    __init__.__text_signature__ = "($self, obj, func, /, *args, **kwargs)"

    def __call__(self, _=None):
        """Make the call if it was not made yet."""
        info = self._registry.pop(self, None)
        if info is not None and not self._shutdown:
            return info.func(*info.args, **(info.kwargs or {}))

    def detach(self):
        """Give the call up; returns object, function and arguments if it was alive."""
        info = self._registry.get(self)
        obj = None if info is None else info.weakref()
        if obj is not None and self._registry.pop(self, None) is not None:
            return obj, info.func, info.args, info.kwargs or {}

    def peek(self):
        """Object, function and arguments if the call was not made yet."""
        info = self._registry.get(self)
        obj = None if info is None else info.weakref()
        if obj is not None:
            return obj, info.func, info.args, info.kwargs or {}

    @property
    def alive(self):
        """Whether the call was not made yet."""
        return self in self._registry

    @property
    def atexit(self):
        """Whether the end of the program makes the call."""
        info = self._registry.get(self)
        return False if info is None else info.atexit

    @atexit.setter
    def atexit(self, value):
        info = self._registry.get(self)
        if info is not None:
            info.atexit = bool(value)

    def __repr__(self):
        info = self._registry.get(self)
        obj = None if info is None else info.weakref()
        if obj is None:
            return "<%s object at %#x; dead>" % (type(self).__name__, id(self))
        return "<%s object at %#x; for %r at %#x>" % (type(self).__name__, id(self),
                                                     type(obj).__name__, id(obj))

    @classmethod
    def _select_for_exit(cls):
        """Those that wait for the end, in the order in which they were made."""
        waiting = [(f, i) for f, i in cls._registry.items() if i.atexit]
        waiting.sort(key=lambda pair: pair[1].index)
        return [f for f, _ in waiting]

    @classmethod
    def _exitfunc(cls):
        """The last made is the first called; a call may make others."""
        import sys
        collecting = False
        gc = None
        try:
            if cls._registry:
                import gc
                collecting = gc.isenabled()
                gc.disable()
                waiting = None
                while True:
                    if waiting is None or finalize._dirty:
                        waiting = cls._select_for_exit()
                        finalize._dirty = False
                    if not waiting:
                        break
                    f = waiting.pop()
                    try:
                        f()
                    except Exception:
                        sys.excepthook(*sys.exc_info())
        finally:
            finalize._shutdown = True
            if collecting:
                gc.enable()
