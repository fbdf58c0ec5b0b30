"""Sets of named constants."""

import sys
from types import DynamicClassAttribute, MappingProxyType

__all__ = ["EnumMeta", "Enum", "IntEnum", "Flag", "IntFlag", "auto", "unique"]


def _is_descriptor(obj):
    return hasattr(obj, "__get__") or hasattr(obj, "__set__") or hasattr(obj, "__delete__")


def _is_dunder(name):
    return (
        len(name) > 4
        and name[:2] == "__" == name[-2:]
        and name[2] != "_"
        and name[-3] != "_"
    )


def _is_sunder(name):
    return (
        len(name) > 2
        and name[0] == "_" == name[-1]
        and name[1] != "_"
        and name[-2] != "_"
    )


def _make_class_unpicklable(cls):
    def _break_on_call_reduce(self, proto):
        raise TypeError("%r cannot be pickled" % self)

    cls.__reduce_ex__ = _break_on_call_reduce
    cls.__module__ = "<unknown>"


def _words(text):
    return text.replace(",", " ").split()


_auto_null = object()


class auto:
    """Stands for a value that the class chooses."""

    value = _auto_null


# Names in single underscores that the body of an enumeration may bind.
_HOOKS = (
    "_order_",
    "_create_pseudo_member_",
    "_generate_next_value_",
    "_missing_",
    "_ignore_",
)


class _EnumDict(dict):
    """The namespace of an enumeration's body: it notes the members."""

    def __init__(self):
        super().__init__()
        self._member_names = []
        self._last_values = []
        self._ignore = []
        self._auto_called = False

    def __setitem__(self, key, value):
        if _is_sunder(key):
            value = self._hook(key, value)
        elif _is_dunder(key):
            if key == "__order__":
                key = "_order_"
        elif key in self._member_names:
            raise TypeError("Attempted to reuse key: %r" % key)
        elif key not in self._ignore and not _is_descriptor(value):
            value = self._member(key, value)
        super().__setitem__(key, value)

    def _hook(self, key, value):
        if key not in _HOOKS:
            raise ValueError("_names_ are reserved for future Enum use")
        if key == "_generate_next_value_":
            if self._auto_called:
                raise TypeError("_generate_next_value_ must be defined before members")
            self._generate_next_value = value
        elif key == "_ignore_":
            value = _words(value) if isinstance(value, str) else list(value)
            self._ignore = value
            taken = set(value) & set(self._member_names)
            if taken:
                raise ValueError(
                    "_ignore_ cannot specify already set names: %r" % (taken,)
                )
        return value

    def _member(self, key, value):
        if key in self:
            raise TypeError("%r already defined as: %r" % (key, self[key]))
        if isinstance(value, auto):
            if value.value is _auto_null:
                self._auto_called = True
                value.value = self._generate_next_value(
                    key, 1, len(self._member_names), self._last_values[:]
                )
            value = value.value
        self._member_names.append(key)
        self._last_values.append(value)
        return value


# Bound when its class statement has run; EnumMeta makes that class too.
Enum = None


class EnumMeta(type):
    """Metaclass of enumerations."""

    @classmethod
    def __prepare__(metacls, cls, bases):
        metacls._check_for_existing_members(cls, bases)
        namespace = _EnumDict()
        first_enum = metacls._get_mixins_(cls, bases)[1]
        if first_enum is not None:
            namespace["_generate_next_value_"] = getattr(
                first_enum, "_generate_next_value_", None
            )
        return namespace

    def __new__(metacls, cls, bases, classdict):
        classdict.setdefault("_ignore_", []).append("_ignore_")
        for key in classdict["_ignore_"]:
            classdict.pop(key, None)
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        __new__, save_new, use_args = metacls._find_new_(
            classdict, member_type, first_enum
        )

        names = classdict._member_names
        values = [(name, classdict[name]) for name in names]
        for name in names:
            del classdict[name]
        order = classdict.pop("_order_", None)
        invalid = set(names) & {"mro", ""}
        if invalid:
            raise ValueError("Invalid enum member name: " + ",".join(invalid))
        if "__doc__" not in classdict:
            classdict["__doc__"] = "An enumeration."

        made = super().__new__(metacls, cls, bases, classdict)
        made._member_names_ = []
        made._member_map_ = {}
        made._member_type_ = member_type
        made._value2member_map_ = {}
        dynamic = {
            name
            for base in made.mro()
            for name, value in base.__dict__.items()
            if isinstance(value, DynamicClassAttribute)
        }
        if "__reduce_ex__" not in classdict and member_type is not object:
            if not any(name in member_type.__dict__ for name in _PICKLING):
                _make_class_unpicklable(made)

        for name, value in values:
            _enter(made, name, value, __new__, use_args, dynamic)

        # What the data type says of repr() and format() is not meant for members.
        for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
            if name not in classdict:
                theirs = getattr(member_type, name, None)
                if theirs is not None and getattr(made, name) is theirs:
                    setattr(made, name, getattr(first_enum, name, None))

        # Members are looked up, not made, from now on.
        if Enum is not None:
            if save_new:
                made.__new_member__ = __new__
            made.__new__ = Enum.__new__
        if order is not None:
            if isinstance(order, str):
                order = _words(order)
            if order != made._member_names_:
                raise TypeError("member order does not match _order_")
        return made

    def __bool__(self):
        return True

    def __call__(
        cls, value, names=None, *, module=None, qualname=None, type=None, start=1
    ):
        if names is None:
            return cls.__new__(cls, value)
        return cls._create_(
            value, names, module=module, qualname=qualname, type=type, start=start
        )

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            raise TypeError(
                "unsupported operand type(s) for 'in': '%s' and '%s'"
                % (type(member).__qualname__, cls.__class__.__qualname__)
            )
        return isinstance(member, cls) and member._name_ in cls._member_map_

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError("%s: cannot delete Enum member." % cls.__name__)
        super().__delattr__(attr)

    def __dir__(self):
        return [
            "__class__",
            "__doc__",
            "__members__",
            "__module__",
        ] + self._member_names_

    def __getattr__(cls, name):
        if _is_dunder(name):
            raise AttributeError(name)
        try:
            return cls._member_map_[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __len__(cls):
        return len(cls._member_names_)

    @property
    def __members__(cls):
        """All names with their members, aliases included."""
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        return "<enum %r>" % cls.__name__

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("Cannot reassign members.")
        super().__setattr__(name, value)

    def _create_(
        cls, class_name, names, *, module=None, qualname=None, type=None, start=1
    ):
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        first_enum = cls._get_mixins_(cls, bases)[1]
        namespace = metacls.__prepare__(class_name, bases)

        if isinstance(names, str):
            names = _words(names)
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            values = []
            pairs = []
            for count, name in enumerate(names):
                value = first_enum._generate_next_value_(
                    name, start, count, values[:]
                )
                values.append(value)
                pairs.append((name, value))
            names = pairs
        for item in names:
            if isinstance(item, str):
                item = item, names[item]
            name, value = item
            namespace[name] = value
        made = metacls.__new__(metacls, class_name, bases, namespace)

        if module is None:
            try:
                module = sys._getframe(2).f_globals["__name__"]
            except (AttributeError, ValueError, KeyError):
                pass
        if module is None:
            _make_class_unpicklable(made)
        else:
            made.__module__ = module
        if qualname is not None:
            made.__qualname__ = qualname
        return made

    def _convert_(cls, name, module, filter, source=None):
        """Replace constants of a module by members of a new enumeration."""
        into = vars(sys.modules[module])
        source = into if source is None else vars(source)
        members = [(key, source[key]) for key in source if filter(key)]
        try:
            members.sort(key=lambda pair: (pair[1], pair[0]))
        except TypeError:
            members.sort(key=lambda pair: pair[0])
        made = cls(name, members, module=module)
        made.__reduce_ex__ = _reduce_ex_by_name
        into.update(made.__members__)
        into[name] = made
        return made

    def _convert(cls, *args, **kwargs):
        import warnings

        warnings.warn(
            "_convert is deprecated and will be removed in 3.9, use _convert_ instead.",
            DeprecationWarning,
            stacklevel=2,
        )
        return cls._convert_(*args, **kwargs)

    @staticmethod
    def _check_for_existing_members(class_name, bases):
        for base in bases:
            for parent in base.__mro__:
                if issubclass(parent, Enum or ()) and parent._member_names_:
                    raise TypeError(
                        "%s: cannot extend enumeration %r"
                        % (class_name, parent.__name__)
                    )

    @staticmethod
    def _get_mixins_(class_name, bases):
        """The data type among the bases, and the enumeration they end with."""
        if not bases:
            return object, Enum
        first_enum = bases[-1]
        if not issubclass(first_enum, Enum):
            raise TypeError(
                "new enumerations should be created as "
                "`EnumName([mixin_type, ...] [data_type,] enum_type)`"
            )
        found = []
        for base in bases:
            data_type = _data_type(base)
            if data_type is not None and data_type not in found:
                found.append(data_type)
        if len(found) > 1:
            raise TypeError("%r: too many data types: %r" % (class_name, found))
        if first_enum._member_names_:
            raise TypeError("Cannot extend enumerations")
        return found[0] if found else object, first_enum

    @staticmethod
    def _find_new_(classdict, member_type, first_enum):
        """What makes members; whether it is the body's own; whether it takes the value."""
        own = classdict.get("__new__")
        if own is not None:
            return own, True, True
        lookups = (object.__new__, None if Enum is None else Enum.__new__)
        for name in ("__new_member__", "__new__"):
            for where in (member_type, first_enum):
                found = getattr(where, name, None)
                if found is not None and found not in lookups:
                    return found, False, True
        return object.__new__, False, False


_PICKLING = ("__getnewargs_ex__", "__getnewargs__", "__reduce_ex__", "__reduce__")


def _data_type(base):
    """The class whose __new__ makes the data of members."""
    outermost = None
    for cls in base.__mro__:
        if cls is object:
            continue
        if issubclass(cls, Enum):
            if cls._member_type_ is not object:
                return cls._member_type_
        elif "__new__" in cls.__dict__:
            return outermost or cls
        else:
            outermost = outermost or cls
    return None


def _enter(cls, name, value, new, use_args, dynamic):
    """Make a member, or find what it is another name of, and bind it."""
    args = value if isinstance(value, tuple) else (value,)
    if cls._member_type_ is tuple:
        args = (args,)
    if use_args:
        member = new(cls, *args)
    else:
        member = new(cls)
    if not hasattr(member, "_value_"):
        if use_args and cls._member_type_ is not object:
            value = cls._member_type_(*args)
        member._value_ = value
    value = member._value_
    member._name_ = name
    member.__objclass__ = cls
    member.__init__(*args)
    for known in cls._member_map_.values():
        if known._value_ == member._value_:
            member = known
            break
    else:
        cls._member_names_.append(name)
    # A name that is also an attribute of members is left to __getattr__.
    if name not in dynamic:
        setattr(cls, name, member)
    cls._member_map_[name] = member
    try:
        cls._value2member_map_[value] = member
    except TypeError:
        pass


class Enum(metaclass=EnumMeta):
    """An enumeration; derive from it to define one."""

    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            for member in cls._member_map_.values():
                if member._value_ == value:
                    return member
        return _look_further(cls, value)

    def _generate_next_value_(name, start, count, last_values):
        for last in reversed(last_values):
            try:
                return last + 1
            except TypeError:
                pass
        return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        return "<%s.%s: %r>" % (self.__class__.__name__, self._name_, self._value_)

    def __str__(self):
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __dir__(self):
        added = [
            name
            for names in [cls.__dict__ for cls in self.__class__.mro()] + [self.__dict__]
            for name in names
            if name[0] != "_" and name not in self._member_map_
        ]
        return ["__class__", "__doc__", "__module__"] + added

    def __format__(self, format_spec):
        if self._member_type_ is object or type(self).__str__ not in (
            Enum.__str__,
            Flag.__str__,
        ):
            return str.__format__(str(self), format_spec)
        return self._member_type_.__format__(self._value_, format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    @DynamicClassAttribute
    def name(self):
        """The name of the member."""
        return self._name_

    @DynamicClassAttribute
    def value(self):
        """The value of the member."""
        return self._value_


def _look_further(cls, value):
    unknown = ValueError("%r is not a valid %s" % (value, cls.__name__))
    try:
        found = cls._missing_(value)
        problem = unknown
    except Exception as e:
        found = None
        problem = e
    if isinstance(found, cls):
        return found
    if found is not None:
        problem = TypeError(
            "error in %s._missing_: returned %r instead of None or a valid member"
            % (cls.__name__, found)
        )
    if problem is not unknown:
        problem.__context__ = unknown
    try:
        raise problem
    finally:
        # The traceback holds this frame; the frame must not hold the traceback.
        problem = unknown = None


class IntEnum(int, Enum):
    """An enumeration whose members are ints."""


def _reduce_ex_by_name(self, proto):
    return self.name


class Flag(Enum):
    """An enumeration whose members combine bit by bit."""

    def _generate_next_value_(name, start, count, last_values):
        if not count:
            return start if start is not None else 1
        for last in reversed(last_values):
            try:
                return 2 ** (_high_bit(last) + 1)
            except Exception:
                raise TypeError("Invalid Flag value: %r" % last) from None

    @classmethod
    def _missing_(cls, value):
        if value < 0:
            return ~cls._create_pseudo_member_(~value)
        return cls._create_pseudo_member_(value)

    @classmethod
    def _create_pseudo_member_(cls, value):
        member = cls._value2member_map_.get(value)
        if member is None:
            if _decompose(cls, value)[1]:
                raise ValueError("%r is not a valid %s" % (value, cls.__name__))
            member = _pseudo_member(cls, object.__new__(cls), value)
        return member

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError(
                "unsupported operand type(s) for 'in': '%s' and '%s'"
                % (type(other).__qualname__, self.__class__.__qualname__)
            )
        return other._value_ & self._value_ == other._value_

    def __repr__(self):
        cls = self.__class__
        return "<%s.%s: %r>" % (cls.__name__, _flag_names(self), self._value_)

    def __str__(self):
        return "%s.%s" % (self.__class__.__name__, _flag_names(self))

    def __bool__(self):
        return bool(self._value_)

    def __or__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return self.__class__(self._value_ | other._value_)

    def __and__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return self.__class__(self._value_ & other._value_)

    def __xor__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return self.__class__(self._value_ ^ other._value_)

    def __invert__(self):
        parts = _decompose(self.__class__, self._value_)[0]
        rest = self.__class__(0)
        for member in self.__class__:
            if member not in parts and not member._value_ & self._value_:
                rest = rest | member
        return self.__class__(rest)


class IntFlag(int, Flag):
    """An enumeration of flags that are ints."""

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError("%r is not a valid %s" % (value, cls.__name__))
        return cls._create_pseudo_member_(value)

    @classmethod
    def _create_pseudo_member_(cls, value):
        known = cls._value2member_map_
        member = known.get(value)
        if member is not None:
            return member
        # Bits without a name become members of their own.
        rest = _decompose(cls, value)[1]
        bits = []
        while rest not in (0, -1):
            bit = 1 << _high_bit(rest)
            if bit not in known and bit != value:
                bits.append(bit)
            rest = 0 if rest == -bit else rest ^ bit
        for bit in reversed(bits):
            _pseudo_member(cls, int.__new__(cls, bit), bit)
        return _pseudo_member(cls, int.__new__(cls, value), value)

    def __or__(self, other):
        if not isinstance(other, (self.__class__, int)):
            return NotImplemented
        return self.__class__(self._value_ | self.__class__(other)._value_)

    def __and__(self, other):
        if not isinstance(other, (self.__class__, int)):
            return NotImplemented
        return self.__class__(self._value_ & self.__class__(other)._value_)

    def __xor__(self, other):
        if not isinstance(other, (self.__class__, int)):
            return NotImplemented
        return self.__class__(self._value_ ^ self.__class__(other)._value_)

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __invert__(self):
        return self.__class__(~self._value_)


def _pseudo_member(cls, member, value):
    member._name_ = None
    member._value_ = value
    return cls._value2member_map_.setdefault(value, member)


def _flag_names(member):
    if member._name_ is not None:
        return member._name_
    parts = _decompose(member.__class__, member._value_)[0]
    return "|".join(
        str(part._value_ if part._name_ is None else part._name_) for part in parts
    )


def _high_bit(value):
    """The number of the highest bit that is set."""
    return value.bit_length() - 1


def _decompose(flag, value):
    """Return the members that make up a value, the greatest first, and the bits left over."""
    rest = value
    members = []
    for bits, member in list(flag._value2member_map_.items()):
        if member._name_ is None and (value < 0 or not _power_of_two(bits)):
            continue
        if bits and bits & value == bits:
            members.append(member)
            rest &= ~bits
    if not members and value in flag._value2member_map_:
        members.append(flag._value2member_map_[value])
    members.sort(key=lambda member: member._value_, reverse=True)
    if len(members) > 1 and members[0]._value_ == value:
        del members[0]
    return members, rest


def _power_of_two(value):
    return value >= 1 and value & (value - 1) == 0


def unique(enumeration):
    """Refuse an enumeration in which two names have one value."""
    twice = [
        "%s -> %s" % (alias, member.name)
        for alias, member in enumeration.__members__.items()
        if alias != member.name
    ]
    if twice:
        raise ValueError(
            "duplicate values found in %r: %s" % (enumeration, ", ".join(twice))
        )
    return enumeration
