"""How objects say what they can be made from again."""

__all__ = [
    "pickle",
    "constructor",
    "add_extension",
    "remove_extension",
    "clear_extension_cache",
]

dispatch_table = {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Register what takes instances of a class apart."""
    if not callable(pickle_function):
        raise TypeError("reduction functions must be callable")
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)


def constructor(object):
    """Check that something can serve as a constructor."""
    if not callable(object):
        raise TypeError("constructors must be callable")


def pickle_complex(c):
    return complex, (c.real, c.imag)


pickle(complex, pickle_complex, complex)


def _reconstructor(cls, base, state):
    if base is object:
        return object.__new__(cls)
    obj = base.__new__(cls, state)
    if base.__init__ is not object.__init__:
        base.__init__(obj, state)
    return obj


# The flag of classes made by a class statement.
_HEAPTYPE = 1 << 9


def _solid_base(cls):
    """The nearest class that no class statement has made."""
    for base in cls.__mro__:
        if not getattr(base, "__flags__", 0) & _HEAPTYPE:
            return base
    return object


def _reduce_ex(self, proto):
    """object.__reduce_ex__ of the protocols 0 and 1."""
    assert proto < 2
    cls = self.__class__
    base = _solid_base(cls)
    if base is object:
        state = None
    elif base is cls:
        raise TypeError(f"cannot pickle {cls.__name__!r} object")
    else:
        state = base(self)
    args = cls, base, state
    try:
        getstate = self.__getstate__
    except AttributeError:
        if getattr(self, "__slots__", None):
            raise TypeError(
                f"cannot pickle {cls.__name__!r} object: a class that defines "
                "__slots__ without defining __getstate__ cannot be pickled with "
                f"protocol {proto}"
            ) from None
        state = getattr(self, "__dict__", None)
    else:
        state = getstate()
    if state:
        return _reconstructor, args, state
    return _reconstructor, args


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    return cls.__new__(cls, *args, **kwargs)


def _reduce_newobj(obj):
    """object.__reduce_ex__ of the protocols from 2 on."""
    cls = type(obj)
    args, kwargs = _new_arguments(obj)
    is_list = isinstance(obj, list)
    is_dict = isinstance(obj, dict)
    plain = args is None and not is_list and not is_dict
    if args is None:
        args = ()
    try:
        getstate = obj.__getstate__
    except AttributeError:
        if plain and _solid_base(cls) is not object:
            raise TypeError(f"cannot pickle {cls.__name__!r} object") from None
        state = _state(obj)
    else:
        state = getstate()
    if kwargs:
        made = __newobj_ex__, (cls, args, kwargs)
    else:
        made = __newobj__, (cls, *args)
    items = iter(obj) if is_list else None
    pairs = iter(obj.items()) if is_dict else None
    return made + (state, items, pairs)


_MISSING = object()


def _special(obj, name):
    """A method of the object's class, bound, or _MISSING; what the object itself holds is not asked."""
    for c in type(obj).__mro__:
        if name in c.__dict__:
            method = c.__dict__[name]
            get = getattr(type(method), "__get__", None)
            return method if get is None else get(method, obj, type(obj))
    return _MISSING


def _new_arguments(obj):
    """What __new__ gets: a tuple or None, and keywords or None."""
    getter = _special(obj, "__getnewargs_ex__")
    if getter is not _MISSING:
        both = getter()
        if not isinstance(both, tuple):
            raise TypeError(
                "__getnewargs_ex__ should return a tuple, not %r" % type(both).__name__
            )
        if len(both) != 2:
            raise ValueError(
                "__getnewargs_ex__ should return a tuple of length 2, not %d" % len(both)
            )
        args, kwargs = both
        if not isinstance(args, tuple):
            raise TypeError(
                "first item of the tuple returned by __getnewargs_ex__ must be "
                "a tuple, not %r" % type(args).__name__
            )
        if not isinstance(kwargs, dict):
            raise TypeError(
                "second item of the tuple returned by __getnewargs_ex__ must be "
                "a dict, not %r" % type(kwargs).__name__
            )
        return args, kwargs
    getter = _special(obj, "__getnewargs__")
    if getter is _MISSING:
        return None, None
    args = getter()
    if not isinstance(args, tuple):
        raise TypeError(
            "__getnewargs__ should return a tuple, not %r" % type(args).__name__
        )
    return args, None


def _state(obj):
    state = getattr(obj, "__dict__", None) or None
    slots = {}
    for name in _slotnames(type(obj)):
        try:
            slots[name] = getattr(obj, name)
        except AttributeError:
            pass
    return (state, slots) if slots else state


def _slotnames(cls):
    """The names of the attributes that a class and its bases keep in slots."""
    names = cls.__dict__.get("__slotnames__")
    if names is not None:
        return names
    names = []
    for base in cls.__mro__:
        slots = base.__dict__.get("__slots__", ())
        if isinstance(slots, str):
            slots = (slots,)
        for name in slots:
            if name in ("__dict__", "__weakref__"):
                continue
            if name.startswith("__") and not name.endswith("__"):
                owner = base.__name__.lstrip("_")
                if owner:
                    name = "_%s%s" % (owner, name)
            names.append(name)
    try:
        cls.__slotnames__ = names
    except Exception:
        # A builtin class; next time it is looked up again.
        pass
    return names


# Short codes for (module, name) pairs, and back; what the codes stand for when loaded.
_extension_registry = {}
_inverted_registry = {}
_extension_cache = {}


def add_extension(module, name, code):
    """Register a short code for a global name."""
    code = int(code)
    if not 1 <= code <= 0x7FFFFFFF:
        raise ValueError("code out of range")
    key = module, name
    known = _extension_registry.get(key)
    owner = _inverted_registry.get(code)
    if known == code and owner == key:
        return
    if known is not None:
        raise ValueError("key %s is already registered with code %s" % (key, known))
    if owner is not None:
        raise ValueError("code %s is already in use for key %s" % (code, owner))
    _extension_registry[key] = code
    _inverted_registry[code] = key


def remove_extension(module, name, code):
    """Take a code back."""
    key = module, name
    if _extension_registry.get(key) != code or _inverted_registry.get(code) != key:
        raise ValueError("key %s is not registered with code %s" % (key, code))
    del _extension_registry[key]
    del _inverted_registry[code]
    _extension_cache.pop(code, None)


def clear_extension_cache():
    _extension_cache.clear()
