"""Copies of objects, of one level or of all."""

import copyreg
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType
from _weakref import ref

__all__ = ["Error", "copy", "deepcopy"]


class Error(Exception):
    """An object that cannot be copied."""


error = Error


def copy(x):
    """Return a new object with the same contents."""
    cls = type(x)
    copier = _copy_dispatch.get(cls)
    if copier is not None:
        return copier(x)
    if issubclass(cls, type):
        return x
    copier = getattr(cls, "__copy__", None)
    if copier is not None:
        return copier(x)
    parts = _reduce(x, cls, "un(shallow)copyable object of type %s")
    if isinstance(parts, str):
        return x
    return _reconstruct(x, None, *parts)


def _reduce(x, cls, refusal):
    """Take an object apart as its class has it."""
    reductor = copyreg.dispatch_table.get(cls)
    if reductor is not None:
        return reductor(x)
    reductor = getattr(x, "__reduce_ex__", None)
    if reductor is not None:
        return reductor(4)
    reductor = getattr(x, "__reduce__", None)
    if reductor:
        return reductor()
    raise Error(refusal % cls)


def _itself(x, memo=None):
    return x


# Copied by sharing them.
_SHARED = (
    type(None),
    type(Ellipsis),
    type(NotImplemented),
    int,
    float,
    bool,
    complex,
    str,
    bytes,
    type,
    property,
    BuiltinFunctionType,
    FunctionType,
    CodeType,
    ref,
)

_copy_dispatch = dict.fromkeys(_SHARED + (tuple, frozenset, range, slice), _itself)
for _cls in (list, dict, set):
    _copy_dispatch[_cls] = _cls.copy
del _cls
try:
    _copy_dispatch[bytearray] = bytearray.copy
except NameError:
    # Not every engine has it.
    pass


def deepcopy(x, memo=None, _nil=[]):
    """Return a new object whose contents are copies too."""
    if memo is None:
        memo = {}
    key = id(x)
    y = memo.get(key, _nil)
    if y is not _nil:
        return y
    cls = type(x)
    copier = _deepcopy_dispatch.get(cls)
    if copier is not None:
        y = copier(x, memo)
    elif issubclass(cls, type):
        return x
    else:
        copier = getattr(x, "__deepcopy__", None)
        if copier is not None:
            y = copier(memo)
        else:
            parts = _reduce(x, cls, "un(deep)copyable object of type %s")
            y = x if isinstance(parts, str) else _reconstruct(x, memo, *parts)
    if y is not x:
        memo[key] = y
        _keep_alive(x, memo)
    return y


def _keep_alive(x, memo):
    # Its number must not be given to another object while the memo lives.
    kept = memo.get(id(memo))
    if kept is None:
        memo[id(memo)] = [x]
    else:
        kept.append(x)


_deepcopy_dispatch = dict.fromkeys(_SHARED, _itself)


def _deepcopy_list(x, memo, deepcopy=deepcopy):
    y = []
    memo[id(x)] = y
    add = y.append
    for item in x:
        add(deepcopy(item, memo))
    return y


def _deepcopy_tuple(x, memo, deepcopy=deepcopy):
    items = [deepcopy(item, memo) for item in x]
    # It may have been copied as a part of one of its items.
    try:
        return memo[id(x)]
    except KeyError:
        pass
    for old, new in zip(x, items):
        if old is not new:
            return tuple(items)
    return x


def _deepcopy_dict(x, memo, deepcopy=deepcopy):
    y = {}
    memo[id(x)] = y
    for key, value in x.items():
        y[deepcopy(key, memo)] = deepcopy(value, memo)
    return y


def _deepcopy_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


_deepcopy_dispatch[list] = _deepcopy_list
_deepcopy_dispatch[tuple] = _deepcopy_tuple
_deepcopy_dispatch[dict] = _deepcopy_dict
_deepcopy_dispatch[MethodType] = _deepcopy_method


def _reconstruct(
    x, memo, func, args, state=None, listiter=None, dictiter=None, deepcopy=deepcopy
):
    """Make an object from what __reduce_ex__ returned."""
    deep = memo is not None
    if deep:
        within = lambda value: deepcopy(value, memo)
    else:
        within = _itself
    y = func(*[within(arg) for arg in args])
    if deep:
        memo[id(x)] = y
    if state is not None:
        state = within(state)
        if hasattr(y, "__setstate__"):
            y.__setstate__(state)
        else:
            slots = None
            if isinstance(state, tuple) and len(state) == 2:
                state, slots = state
            if state is not None:
                y.__dict__.update(state)
            for name, value in (slots or {}).items():
                setattr(y, name, value)
    for item in listiter or ():
        y.append(within(item))
    for key, value in dictiter or ():
        key = within(key)
        y[key] = within(value)
    return y
