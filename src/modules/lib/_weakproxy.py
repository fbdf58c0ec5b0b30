"""`weakref.proxy`, where the engine has none of its own."""

import operator
from _weakref import ref

_get = object.__getattribute__
_set = object.__setattr__
_new = object.__new__
_shared = {}


def _own(x):
    """The object itself for a proxy, everything else as it is."""
    if type(x) not in ProxyTypes:
        return x
    x = _get(x, "_ref")()
    if x is None:
        raise ReferenceError("weakly-referenced object no longer exists")
    return x


class weakproxy:
    """Behaves as an object that it does not keep alive."""

    __slots__ = ("_ref", "__weakref__")

    def __getattribute__(self, name):
        return getattr(_own(self), name)

    def __setattr__(self, name, value):
        setattr(_own(self), name, value)

    def __delattr__(self, name):
        delattr(_own(self), name)

    def __repr__(self):
        o = _get(self, "_ref")()
        name = "NoneType" if o is None else type(o).__name__
        return "<weakproxy at %#x to %s at %#x>" % (id(self), name, id(o))

    def __str__(self):
        return str(_own(self))

    def __bytes__(self):
        return bytes(_own(self))

    def __hash__(self):
        raise TypeError(f"unhashable type: '{type(self).__name__}'")

    def __bool__(self):
        return bool(_own(self))

    def __len__(self):
        return len(_own(self))

    def __contains__(self, item):
        return item in _own(self)

    def __getitem__(self, key):
        return _own(self)[_own(key)]

    def __setitem__(self, key, value):
        _own(self)[key] = value

    def __delitem__(self, key):
        del _own(self)[key]

    def __iter__(self):
        return iter(_own(self))

    def __next__(self):
        o = _own(self)
        if not hasattr(type(o), "__next__"):
            raise TypeError(
                f"Weakref proxy referenced a non-iterator '{type(o).__name__}' object")
        return next(o)

    def __int__(self):
        return int(_own(self))

    def __float__(self):
        return float(_own(self))

    def __index__(self):
        return operator.index(_own(self))

    def __neg__(self):
        return -_own(self)

    def __pos__(self):
        return +_own(self)

    def __abs__(self):
        return abs(_own(self))

    def __invert__(self):
        return ~_own(self)

    def __pow__(self, other, mod=None):
        if mod is None:
            return _own(self) ** _own(other)
        return pow(_own(self), _own(other), _own(mod))

    def __rpow__(self, other):
        return _own(other) ** _own(self)

    def __divmod__(self, other):
        return divmod(_own(self), _own(other))

    def __rdivmod__(self, other):
        return divmod(_own(other), _own(self))


def _operators():
    def forward(f):
        return lambda self, other: f(_own(self), _own(other))

    def backward(f):
        return lambda self, other: f(_own(other), _own(self))
    for name in "add sub mul matmul truediv floordiv mod lshift rshift and xor or".split():
        f = getattr(operator, f"__{name}__")
        setattr(weakproxy, f"__{name}__", forward(f))
        setattr(weakproxy, f"__r{name}__", backward(f))
        setattr(weakproxy, f"__i{name}__", forward(getattr(operator, f"__i{name}__")))
    weakproxy.__ipow__ = forward(operator.ipow)
    for name in "eq ne lt le gt ge".split():
        setattr(weakproxy, f"__{name}__", forward(getattr(operator, name)))


_operators()


class weakcallableproxy(weakproxy):

    __slots__ = ()

    def __call__(self, *args, **kwargs):
        return _own(self)(*args, **kwargs)


ProxyType = weakproxy
CallableProxyType = weakcallableproxy
ProxyTypes = (ProxyType, CallableProxyType)
for _c in ProxyTypes:
    type.__setattr__(_c, "__module__", "builtins")


def proxy(object, callback=None, /):
    """Make a proxy; a callback is told when the object has died."""
    kind = weakcallableproxy if callable(object) else weakproxy
    if callback is None:
        # There is one for an object.
        key = id(object)
        shared = _shared.get(key)
        if shared is not None:
            shared = shared()
            if shared is not None and _get(shared, "_ref")() is object:
                return shared
        self = _new(kind)
        _set(self, "_ref", ref(object))
        _shared[key] = ref(self, lambda r: _shared.pop(key) if _shared.get(key) is r else None)
    else:
        # The proxy may be gone before its object: then nobody is told.
        self = _new(kind)
        myself = ref(self)

        def died(_):
            self = myself()
            if self is not None:
                callback(self)
        _set(self, "_ref", ref(object, died))
    return self


