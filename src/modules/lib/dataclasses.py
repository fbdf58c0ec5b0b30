"""Classes whose methods follow from the annotations of their body."""

import sys
from _thread import get_ident
from types import FunctionType, MappingProxyType, MemberDescriptorType

__all__ = [
    "dataclass",
    "field",
    "Field",
    "FrozenInstanceError",
    "InitVar",
    "MISSING",
    "fields",
    "asdict",
    "astuple",
    "make_dataclass",
    "replace",
    "is_dataclass",
]


class FrozenInstanceError(AttributeError):
    """An assignment to a field of a frozen instance."""


class _HAS_DEFAULT_FACTORY_CLASS:
    def __repr__(self):
        return "<factory>"


# The default of a parameter whose field has a factory.
_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()

_EMPTY_METADATA = MappingProxyType({})


class _FIELD_BASE:
    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


# What a field is: a value of instances, of the class, or an argument only.
_FIELD = _FIELD_BASE("_FIELD")
_FIELD_CLASSVAR = _FIELD_BASE("_FIELD_CLASSVAR")
_FIELD_INITVAR = _FIELD_BASE("_FIELD_INITVAR")

_FIELDS = "__dataclass_fields__"
_PARAMS = "__dataclass_params__"
_POST_INIT_NAME = "__post_init__"


class _InitVarMeta(type):
    def __getitem__(self, params):
        return InitVar(params)


class InitVar(metaclass=_InitVarMeta):
    """The annotation of an argument that is passed on to __post_init__."""

    __slots__ = ("type",)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        if isinstance(self.type, type):
            shown = self.type.__name__
        else:
            shown = repr(self.type)
        return f"dataclasses.InitVar[{shown}]"


class Field:
    """One field of a data class."""

    __slots__ = (
        "name",
        "type",
        "default",
        "default_factory",
        "repr",
        "hash",
        "init",
        "compare",
        "metadata",
        "_field_type",
    )

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        if metadata is None:
            self.metadata = _EMPTY_METADATA
        else:
            self.metadata = MappingProxyType(metadata)
        self._field_type = None

    def __repr__(self):
        return (
            f"Field(name={self.name!r},type={self.type!r},default={self.default!r},"
            f"default_factory={self.default_factory!r},init={self.init!r},"
            f"repr={self.repr!r},hash={self.hash!r},compare={self.compare!r},"
            f"metadata={self.metadata!r},_field_type={self._field_type})"
        )

    def __set_name__(self, owner, name):
        hook = getattr(type(self.default), "__set_name__", None)
        if hook:
            hook(self.default, owner, name)


class _DataclassParams:
    __slots__ = ("init", "repr", "eq", "order", "unsafe_hash", "frozen")

    def __init__(self, init, repr, eq, order, unsafe_hash, frozen):
        self.init = init
        self.repr = repr
        self.eq = eq
        self.order = order
        self.unsafe_hash = unsafe_hash
        self.frozen = frozen

    def __repr__(self):
        shown = ",".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"_DataclassParams({shown})"


def field(
    *,
    default=MISSING,
    default_factory=MISSING,
    init=True,
    repr=True,
    hash=None,
    compare=True,
    metadata=None,
):
    """Say more of a field than its default."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata)


def dataclass(
    cls=None,
    /,
    *,
    init=True,
    repr=True,
    eq=True,
    order=False,
    unsafe_hash=False,
    frozen=False,
):
    """Add methods made from the annotated names of a class."""
    params = init, repr, eq, order, unsafe_hash, frozen
    if cls is None:
        return lambda cls: _process_class(cls, *params)
    return _process_class(cls, *params)


def _process_class(cls, init, repr, eq, order, unsafe_hash, frozen):
    module = sys.modules.get(cls.__module__)
    namespace = {} if module is None else module.__dict__
    setattr(
        cls, _PARAMS, _DataclassParams(init, repr, eq, order, unsafe_hash, frozen)
    )
    every = _collect(cls, frozen)
    values = [f for f in every.values() if f._field_type is _FIELD]
    setattr(cls, _FIELDS, every)

    own_hash = cls.__dict__.get("__hash__", MISSING)
    # With __eq__ alone, the class statement itself has bound __hash__ to None.
    has_own_hash = own_hash is not MISSING and not (
        own_hash is None and "__eq__" in cls.__dict__
    )
    if order and not eq:
        raise ValueError("eq must be true if order is true")
    # A field may be called self.
    self_name = "__dataclass_self__" if "self" in every else "self"

    if init:
        arguments = [
            f for f in every.values() if f._field_type in (_FIELD, _FIELD_INITVAR)
        ]
        post_init = hasattr(cls, _POST_INIT_NAME)
        made = _init_fn(arguments, frozen, post_init, self_name, namespace)
        _set_new_attribute(cls, "__init__", made)
    if repr:
        shown = [f for f in values if f.repr]
        _set_new_attribute(cls, "__repr__", _repr_fn(shown, namespace))
    compared = [f for f in values if f.compare]
    if eq:
        _set_new_attribute(cls, "__eq__", _cmp_fn("__eq__", "==", compared, namespace))
    if order:
        for name, op in (
            ("__lt__", "<"),
            ("__le__", "<="),
            ("__gt__", ">"),
            ("__ge__", ">="),
        ):
            made = _cmp_fn(name, op, compared, namespace)
            if _set_new_attribute(cls, name, made):
                raise TypeError(
                    f"Cannot overwrite attribute {name} in class {cls.__name__}. "
                    "Consider using functools.total_ordering"
                )
    if frozen:
        for made in _frozen_fns(cls, values, namespace):
            if _set_new_attribute(cls, made.__name__, made):
                raise TypeError(
                    f"Cannot overwrite attribute {made.__name__} in class {cls.__name__}"
                )
    _decide_hash(cls, unsafe_hash, eq, frozen, has_own_hash, values, namespace)
    if not getattr(cls, "__doc__"):
        cls.__doc__ = cls.__name__ + _signature(cls).replace(" -> None", "")
    return cls


def _collect(cls, frozen):
    """The fields of a class: those of its bases, then its own."""
    every = {}
    any_base = any_frozen = False
    for base in cls.__mro__[-1:0:-1]:
        inherited = getattr(base, _FIELDS, None)
        if inherited is not None:
            any_base = True
            every.update((f.name, f) for f in inherited.values())
            if getattr(base, _PARAMS).frozen:
                any_frozen = True
    annotations = cls.__dict__.get("__annotations__", {})
    own = [_get_field(cls, name, type) for name, type in annotations.items()]
    for f in own:
        every[f.name] = f
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    if any_base:
        if any_frozen and not frozen:
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
        if not any_frozen and frozen:
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    return every


def _get_field(cls, name, type_):
    default = getattr(cls, name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        if isinstance(default, MemberDescriptorType):
            # A slot, which is no default.
            default = MISSING
        f = field(default=default)
    f.name = name
    f.type = type_
    f._field_type = _FIELD
    typing = sys.modules.get("typing")
    if typing and _names(type_, cls, typing, _is_classvar):
        f._field_type = _FIELD_CLASSVAR
    elif _names(type_, cls, sys.modules[__name__], _is_initvar):
        f._field_type = _FIELD_INITVAR
    if f._field_type is not _FIELD and f.default_factory is not MISSING:
        raise TypeError(f"field {f.name} cannot have a default factory")
    if f._field_type is _FIELD and isinstance(f.default, (list, dict, set)):
        raise ValueError(
            f"mutable default {type(f.default)} for field {f.name} is not "
            "allowed: use default_factory"
        )
    return f


def _is_classvar(type_, typing):
    return type_ is typing.ClassVar or (
        type(type_) is typing._GenericAlias and type_.__origin__ is typing.ClassVar
    )


def _is_initvar(type_, _):
    return type_ is InitVar or type(type_) is InitVar


def _names(type_, cls, provider, test):
    """Whether an annotation, or what it names as text, passes a test."""
    if test(type_, provider):
        return True
    if not isinstance(type_, str):
        return False
    first, rest = _word(type_)
    if not first:
        return False
    home = sys.modules.get(cls.__module__)
    if rest.lstrip()[:1] == ".":
        second = _word(rest.lstrip()[1:])[0]
        if second and home and home.__dict__.get(first) is provider:
            # The text says provider.name.
            return test(provider.__dict__.get(second), provider)
        if second:
            return False
    return bool(home) and test(home.__dict__.get(first), provider)


def _word(text):
    """The word a text begins with, and what follows it."""
    text = text.lstrip()
    end = 0
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return text[:end], text[end:]


def _set_new_attribute(cls, name, value):
    """Bind a name, unless the body of the class has; say whether it has."""
    if name in cls.__dict__:
        return True
    setattr(cls, name, value)
    return False


def _create_fn(name, params, body, names, namespace):
    """Compile a function of these parameters and lines in which the given names are free."""
    lines = [
        f"def __create_fn__({', '.join(names)}):",
        f" def {name}({', '.join(params)}):",
    ]
    lines.extend("  " + line for line in body)
    lines.append(f" return {name}")
    made = {}
    exec("\n".join(lines), namespace, made)
    return made["__create_fn__"](**names)


def _init_fn(arguments, frozen, post_init, self_name, namespace):
    taken = {f.name for f in arguments}
    # Free names of the function must be nobody's parameter.
    prefix = "_dc"
    while any(name.startswith(prefix) for name in taken):
        prefix = "_" + prefix
    factory = prefix + "_factory"
    put = prefix + "_put"
    names = {factory: _HAS_DEFAULT_FACTORY}
    if frozen:
        names[put] = object.__setattr__

    params = [self_name]
    defaults = []
    annotations = {}
    body = []
    for f in arguments:
        made = f.default_factory is not MISSING
        if f.init:
            annotations[f.name] = f.type
            if made or f.default is not MISSING:
                params.append(f.name + "=None")
                defaults.append(_HAS_DEFAULT_FACTORY if made else f.default)
            elif defaults:
                raise TypeError(
                    f"non-default argument {f.name!r} follows default argument"
                )
            else:
                params.append(f.name)
        value = f.name
        if made:
            maker = f"{prefix}_new_{f.name}"
            names[maker] = f.default_factory
            value = maker + "()"
            if f.init:
                value = f"{value} if {f.name} is {factory} else {f.name}"
        elif not f.init:
            continue
        if f._field_type is _FIELD_INITVAR:
            continue
        if frozen:
            body.append(f"{put}({self_name},{f.name!r},{value})")
        else:
            body.append(f"{self_name}.{f.name}={value}")
    if post_init:
        passed = ",".join(f.name for f in arguments if f._field_type is _FIELD_INITVAR)
        body.append(f"{self_name}.{_POST_INIT_NAME}({passed})")

    fn = _create_fn("__init__", params, body or ["pass"], names, namespace)
    fn.__defaults__ = tuple(defaults) or None
    annotations["return"] = None
    fn.__annotations__ = annotations
    return fn


def _repr_fn(shown, namespace):
    text = ", ".join(f"{f.name}={{self.{f.name}!r}}" for f in shown)
    body = [f'return self.__class__.__qualname__ + f"({text})"']
    fn = _create_fn("__repr__", ["self"], body, {}, namespace)
    running = set()

    def wrapper(self):
        key = id(self), get_ident()
        if key in running:
            return "..."
        running.add(key)
        try:
            return fn(self)
        finally:
            running.discard(key)

    wrapper.__module__ = fn.__module__
    wrapper.__name__ = fn.__name__
    wrapper.__qualname__ = fn.__qualname__
    wrapper.__wrapped__ = fn
    return wrapper


def _tuple_of(owner, chosen):
    return "(" + "".join(f"{owner}.{f.name}," for f in chosen) + ")"


def _cmp_fn(name, op, compared, namespace):
    left = _tuple_of("self", compared)
    right = _tuple_of("other", compared)
    body = [
        "if other.__class__ is self.__class__:",
        f" return {left}{op}{right}",
        "return NotImplemented",
    ]
    return _create_fn(name, ["self", "other"], body, {}, namespace)


def _frozen_fns(cls, values, namespace):
    names = {"cls": cls, "FrozenInstanceError": FrozenInstanceError}
    listed = "(" + "".join(f"{f.name!r}," for f in values) + ")"
    for name, params, verb in (
        ("__setattr__", ["name", "value"], "assign to"),
        ("__delattr__", ["name"], "delete"),
    ):
        body = [
            f"if type(self) is cls or name in {listed}:",
            f' raise FrozenInstanceError(f"cannot {verb} field {{name!r}}")',
            f"super(cls, self).{name}({', '.join(params)})",
        ]
        yield _create_fn(name, ["self"] + params, body, names, namespace)


def _decide_hash(cls, unsafe_hash, eq, frozen, has_own_hash, values, namespace):
    if unsafe_hash:
        if has_own_hash:
            raise TypeError(
                f"Cannot overwrite attribute __hash__ in class {cls.__name__}"
            )
    elif not eq or has_own_hash:
        return
    elif not frozen:
        cls.__hash__ = None
        return
    hashed = [f for f in values if (f.compare if f.hash is None else f.hash)]
    body = [f"return hash({_tuple_of('self', hashed)})"]
    cls.__hash__ = _create_fn("__hash__", ["self"], body, {}, namespace)


def _signature(cls):
    """The parameters with which a class is called, as text."""
    for fn in (type(cls).__call__, cls.__new__, cls.__init__):
        if isinstance(fn, FunctionType):
            return _parameters(fn)
    return "()"


def _parameters(fn):
    code = fn.__code__
    annotations = fn.__annotations__
    count = code.co_argcount
    last = count + code.co_kwonlyargcount
    names = code.co_varnames
    defaults = dict(zip(reversed(names[:count]), reversed(fn.__defaults__ or ())))
    defaults.update(fn.__kwdefaults__ or ())

    def shown(name, stars=""):
        text = stars + name
        between = "="
        if name in annotations:
            text += ": " + _annotation(annotations[name])
            between = " = "
        if name in defaults:
            text += between + repr(defaults[name])
        return text

    parts = [shown(name) for name in names[:count]]
    if code.co_posonlyargcount:
        parts.insert(code.co_posonlyargcount, "/")
    if code.co_flags & 4:
        parts.append(shown(names[last], "*"))
    elif last > count:
        parts.append("*")
    parts.extend(shown(name) for name in names[count:last])
    if code.co_flags & 8:
        parts.append(shown(names[last + bool(code.co_flags & 4)], "**"))
    # The instance or the class is not passed.
    if count:
        del parts[0]
        if parts and parts[0] == "/":
            del parts[0]
    text = "(" + ", ".join(parts) + ")"
    if "return" in annotations:
        text += " -> " + _annotation(annotations["return"])
    return text


def _annotation(value):
    if getattr(value, "__module__", None) == "typing":
        return repr(value).replace("typing.", "")
    if isinstance(value, type):
        if value.__module__ == "builtins":
            return value.__qualname__
        return value.__module__ + "." + value.__qualname__
    return repr(value)


def fields(class_or_instance):
    """Return the fields of a data class or of its instance in a tuple."""
    try:
        every = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple(f for f in every.values() if f._field_type is _FIELD)


def _is_dataclass_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    """Whether an object is a data class or an instance of one."""
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, _FIELDS)


def asdict(obj, *, dict_factory=dict):
    """Return the fields of an instance by name, through all levels."""
    if not _is_dataclass_instance(obj):
        raise TypeError("asdict() should be called on dataclass instances")
    return _asdict_inner(obj, dict_factory)


def _asdict_inner(obj, dict_factory):
    def convert(value):
        return _asdict_inner(value, dict_factory)

    if _is_dataclass_instance(obj):
        return dict_factory([(f.name, convert(getattr(obj, f.name))) for f in fields(obj)])
    return _convert_container(obj, convert)


def astuple(obj, *, tuple_factory=tuple):
    """Return the values of an instance's fields, through all levels."""
    if not _is_dataclass_instance(obj):
        raise TypeError("astuple() should be called on dataclass instances")
    return _astuple_inner(obj, tuple_factory)


def _astuple_inner(obj, tuple_factory):
    def convert(value):
        return _astuple_inner(value, tuple_factory)

    if _is_dataclass_instance(obj):
        return tuple_factory([convert(getattr(obj, f.name)) for f in fields(obj)])
    return _convert_container(obj, convert)


def _convert_container(obj, convert):
    if isinstance(obj, tuple) and hasattr(obj, "_fields"):
        return type(obj)(*[convert(value) for value in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(convert(value) for value in obj)
    if isinstance(obj, dict):
        return type(obj)((convert(k), convert(v)) for k, v in obj.items())
    import copy

    return copy.deepcopy(obj)


def make_dataclass(
    cls_name,
    fields,
    *,
    bases=(),
    namespace=None,
    init=True,
    repr=True,
    eq=True,
    order=False,
    unsafe_hash=False,
    frozen=False,
):
    """Make a data class out of a name and descriptions of its fields."""
    import keyword
    import types

    namespace = {} if namespace is None else namespace.copy()
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            name = item
            type_ = "typing.Any"
        elif len(item) == 2:
            name, type_ = item
        elif len(item) == 3:
            name, type_, namespace[item[0]] = item
        else:
            raise TypeError(f"Invalid field: {item!r}")
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f"Field names must be valid identifiers: {name!r}")
        if keyword.iskeyword(name):
            raise TypeError(f"Field names must not be keywords: {name!r}")
        if name in annotations:
            raise TypeError(f"Field name duplicated: {name!r}")
        annotations[name] = type_
    namespace["__annotations__"] = annotations
    cls = types.new_class(cls_name, bases, {}, lambda body: body.update(namespace))
    return dataclass(
        cls,
        init=init,
        repr=repr,
        eq=eq,
        order=order,
        unsafe_hash=unsafe_hash,
        frozen=frozen,
    )


def replace(*args, **changes):
    """Make an instance like another one but for the fields given."""
    if len(args) > 1:
        raise TypeError(
            f"replace() takes 1 positional argument but {len(args)} were given"
        )
    if args:
        (obj,) = args
    elif "obj" in changes:
        obj = changes.pop("obj")
        import warnings

        warnings.warn(
            "Passing 'obj' as keyword argument is deprecated",
            DeprecationWarning,
            stacklevel=2,
        )
    else:
        raise TypeError("replace() missing 1 required positional argument: 'obj'")
    if not _is_dataclass_instance(obj):
        raise TypeError("replace() should be called on dataclass instances")
    for f in getattr(obj, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError(
                    f"field {f.name} is declared with init=False, it cannot be "
                    "specified with replace()"
                )
        elif f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise ValueError(
                    f"InitVar {f.name!r} must be specified with replace()"
                )
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


replace.__text_signature__ = "(obj, /, **kwargs)"
