"""What `str.format` makes of a format string, for `string.Formatter`."""


def _check(x):
    if not isinstance(x, str):
        raise TypeError(f"expected str, got {type(x).__name__}")
    return x


def formatter_parser(format_string, /):
    """Go through a format string: text, then name, specification and conversion of a field."""
    return _fields(_check(format_string))


def _fields(s):
    n = len(s)
    i = 0
    while i < n:
        # The text before the next field; a doubled brace ends a piece.
        at = i
        while at < n and s[at] not in "{}":
            at += 1
        if at == n:
            yield s[i:], None, None, None
            return
        brace = s[at]
        if at + 1 < n and s[at + 1] == brace:
            yield s[i:at + 1], None, None, None
            i = at + 2
            continue
        if brace == "}":
            raise ValueError("Single '}' encountered in format string")
        if at + 1 == n:
            raise ValueError("Single '{' encountered in format string")
        text = s[i:at]
        name, spec, conversion, i = _field(s, at + 1, n)
        yield text, name, spec, conversion


def _field(s, i, n):
    """A field that starts at i: name, specification, conversion, and where the text goes on."""
    start = i
    bracket = False
    c = ""
    while i < n:
        c = s[i]
        if c == "[":
            bracket = True
        elif c == "]":
            bracket = False
        elif not bracket:
            if c == "{":
                raise ValueError("unexpected '{' in field name")
            if c in "}:!":
                break
        i += 1
    else:
        raise ValueError("expected '}' before end of string")
    name = s[start:i]
    conversion = None
    if c == "!":
        i += 1
        if i >= n:
            raise ValueError("end of string while looking for conversion specifier")
        conversion = s[i]
        i += 1
        if i >= n:
            raise ValueError("unmatched '{' in format spec")
        c = s[i]
        if c not in ":}":
            raise ValueError("expected ':' after conversion specifier")
    i += 1
    if c == "}":
        return name, "", conversion, i
    start = i
    depth = 1
    while i < n:
        c = s[i]
        if c == "{":
            depth += 1
        elif c == "}":
            depth -= 1
            if not depth:
                return name, s[start:i], conversion, i + 1
        i += 1
    raise ValueError("unmatched '{' in format spec")


def _number(text):
    """The number that a part of a name is, or None."""
    if not text or not text.isdecimal():
        return None
    n = int(text)
    if n > 0x7FFFFFFFFFFFFFFF:
        raise ValueError("Too many decimal digits in format string")
    return n


def formatter_field_name_split(field_name, /):
    """The first part of a field's name, and the others: pairs of whether it is an attribute (or an
    item) and its name or number."""
    s = _check(field_name)
    n = len(s)
    i = 0
    while i < n and s[i] not in ".[":
        i += 1
    first = s[:i]
    number = _number(first)
    return (first if number is None else number), _rest(s, i, n)


def _rest(s, i, n):
    while i < n:
        c = s[i]
        i += 1
        start = i
        if c == ".":
            while i < n and s[i] not in ".[":
                i += 1
            part = s[start:i]
            if not part:
                raise ValueError("Empty attribute in format string")
            yield True, part
        elif c == "[":
            while i < n and s[i] != "]":
                i += 1
            if i >= n:
                raise ValueError("Missing ']' in format string")
            part = s[start:i]
            i += 1
            if not part:
                raise ValueError("Empty attribute in format string")
            number = _number(part)
            yield False, part if number is None else number
        else:
            raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
