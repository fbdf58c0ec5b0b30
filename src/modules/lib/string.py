"""Constants of characters, `capwords`, `Formatter` and `Template`."""

__all__ = ["ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits",
           "hexdigits", "octdigits", "printable", "punctuation", "whitespace", "Formatter",
           "Template"]

import _string

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = ascii_lowercase.upper()
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
octdigits = digits[:8]
hexdigits = digits + "abcdefABCDEF"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """Capitalize the words of a string; without a separator runs of blanks become one space."""
    return (sep or " ").join([word.capitalize() for word in s.split(sep)])


_absent = {}
_LETTERS = frozenset(ascii_letters + "_")
_NAME = frozenset(ascii_letters + "_" + digits)
_ID = r"(?a:[_a-z][_a-z0-9]*)"


class _Pattern:
    """The regular expression of a class that has not given one: made when somebody asks."""

    def __get__(self, instance, owner):
        owner.pattern = made = _compile(owner)
        return made


def _re():
    try:
        import re
    except ImportError:
        import _patterns as re
    return re


def _compile(cls):
    re = _re()
    delimiter = re.escape(cls.delimiter)
    name = cls.idpattern
    braced = cls.braceidpattern or name
    return re.compile(
        rf"{delimiter}(?:(?P<escaped>{delimiter})|(?P<named>{name})|"
        rf"{{(?P<braced>{braced})}}|(?P<invalid>))",
        cls.flags | re.VERBOSE)


class Template:
    """A string with names after a `$` that are to be replaced."""

    delimiter = "$"
    idpattern = _ID
    braceidpattern = None
    flags = 2  # re.IGNORECASE
    pattern = _Pattern()
    _plain = True

    def __init_subclass__(cls):
        super().__init_subclass__()
        if "pattern" in cls.__dict__:
            re = _re()
            cls._plain = False
            cls.pattern = re.compile(cls.pattern, cls.flags | re.VERBOSE)
        elif cls.idpattern != _ID or cls.braceidpattern is not None or cls.flags != 2:
            cls._plain = False
            cls.pattern = _compile(cls)
        else:
            cls._plain = True
            cls.pattern = _Pattern()

    def __init__(self, template):
        self.template = template

    def _invalid(self, mo):
        self._invalid_at(mo.start("invalid"))

    def _invalid_at(self, i):
        lines = self.template[:i].splitlines(keepends=True)
        line, column = 1, 1
        if lines:
            line = len(lines)
            column = i - len("".join(lines[:-1]))
        raise ValueError("Invalid placeholder in string: line %d, col %d" % (line, column))

    def _pieces(self):
        """The template in pieces, (text, name or None) or (where something is wrong, the text): what
        the regular expression would find."""
        text = self.template
        mark = self.delimiter
        size = len(mark)
        where = text
        if mark.lower() != mark.upper() and len(text.lower()) == len(text):
            # The expression does not care for case.
            where = text.lower()
            mark = mark.lower()
        n = len(text)
        i = 0
        while True:
            at = where.find(mark, i)
            if at < 0:
                break
            if at > i:
                yield text[i:at], None
            i = at + size
            if where.startswith(mark, i):
                yield self.delimiter, None
                i += size
                continue
            start = i
            braced = i < n and text[i] == "{"
            if braced:
                start += 1
            end = start
            if end < n and text[end] in _LETTERS:
                while end < n and text[end] in _NAME:
                    end += 1
            if end > start and (not braced or end < n and text[end] == "}"):
                i = end + braced
                yield text[at:i], text[start:end]
            else:
                yield i, text[at:i]
        if i < n:
            yield text[i:], None

    def substitute(self, mapping=_absent, /, **kws):
        """The template with names replaced by their values."""
        mapping = _joined(mapping, kws)
        if self._plain:
            done = []
            for piece, name in self._pieces():
                if name is None:
                    done.append(piece)
                elif piece.__class__ is int:
                    self._invalid_at(piece)
                else:
                    done.append(str(mapping[name]))
            return "".join(done)

        def convert(mo):
            name = mo.group("named") or mo.group("braced")
            if name is not None:
                return str(mapping[name])
            if mo.group("escaped") is not None:
                return self.delimiter
            if mo.group("invalid") is not None:
                self._invalid(mo)
            raise ValueError("Unrecognized named group in pattern", self.pattern)
        return self.pattern.sub(convert, self.template)

    def safe_substitute(self, mapping=_absent, /, **kws):
        """The same, but names without a value and what is no name stay as they are."""
        mapping = _joined(mapping, kws)
        if self._plain:
            done = []
            for piece, name in self._pieces():
                if name is None:
                    done.append(piece)
                elif piece.__class__ is int:
                    done.append(name)
                else:
                    try:
                        done.append(str(mapping[name]))
                    except KeyError:
                        done.append(piece)
            return "".join(done)

        def convert(mo):
            name = mo.group("named") or mo.group("braced")
            if name is not None:
                try:
                    return str(mapping[name])
                except KeyError:
                    return mo.group()
            if mo.group("escaped") is not None:
                return self.delimiter
            if mo.group("invalid") is not None:
                return mo.group()
            raise ValueError("Unrecognized named group in pattern", self.pattern)
        return self.pattern.sub(convert, self.template)


def _joined(mapping, kws):
    if mapping is _absent:
        return kws
    if kws:
        from collections import ChainMap
        return ChainMap(kws, mapping)
    return mapping


class Formatter:
    """`str.format`, each step of which a subclass may change."""

    def format(self, format_string, /, *args, **kwargs):
        """Format a string with these arguments."""
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        """Format a string with a tuple and a dict of arguments."""
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used_args, recursion_depth, auto_arg_index=0):
        if recursion_depth < 0:
            raise ValueError("Max string recursion exceeded")
        result = []
        for text, name, spec, conversion in self.parse(format_string):
            if text:
                result.append(text)
            if name is None:
                continue
            # auto_arg_index is the number of the next field without one, or False once a field
            # had its own.
            if name == "":
                if auto_arg_index is False:
                    raise ValueError("cannot switch from manual field specification to "
                                     "automatic field numbering")
                name = str(auto_arg_index)
                auto_arg_index += 1
            elif name.isdigit():
                if auto_arg_index:
                    raise ValueError("cannot switch from manual field specification to "
                                     "automatic field numbering")
                auto_arg_index = False
            value, key = self.get_field(name, args, kwargs)
            used_args.add(key)
            value = self.convert_field(value, conversion)
            spec, auto_arg_index = self._vformat(spec, args, kwargs, used_args,
                                                 recursion_depth - 1, auto_arg_index)
            result.append(self.format_field(value, spec))
        return "".join(result), auto_arg_index

    def get_value(self, key, args, kwargs):
        """The argument of a number or a name."""
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        """Told which arguments were used."""

    def format_field(self, value, format_spec):
        """A value as its specification says."""
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        """A value converted by `s`, `r`, `a` or not at all."""
        if conversion is None:
            return value
        if conversion == "s":
            return str(value)
        if conversion == "r":
            return repr(value)
        if conversion == "a":
            return ascii(value)
        raise ValueError(f"Unknown conversion specifier {conversion!s}")

    def parse(self, format_string):
        """The parts of a format string: text, name, specification, conversion."""
        return _string.formatter_parser(format_string)

    def get_field(self, field_name, args, kwargs):
        """What a name stands for, and the argument that it begins with."""
        first, rest = _string.formatter_field_name_split(field_name)
        found = self.get_value(first, args, kwargs)
        for attribute, key in rest:
            found = getattr(found, key) if attribute else found[key]
        return found, first
