"""Small regular expressions, for templates whose class changes what a name is, where the engine has no
module `re`: characters, sets, groups, alternatives, repetitions, `^ $ \\b`, flags a, i, x."""

IGNORECASE = 2
VERBOSE = 64
ASCII = 256

_DIGITS = frozenset("0123456789")
_SPACES = frozenset(" \t\n\r\f\v")


class error(Exception):
    """What is no expression."""


def compile(pattern, flags=0):
    """Make a pattern."""
    return pattern if isinstance(pattern, Pattern) else Pattern(pattern, flags)


def escape(text):
    """An expression for a text itself."""
    return "".join(["\\" + c if not c.isalnum() and c != "_" and c.isascii() else c for c in text])


class Match:
    """Where an expression was found."""

    def __init__(self, text, start, end, groups, names):
        self._text = text
        self._groups = [(start, end)] + groups
        self._names = names

    def _span(self, group):
        if isinstance(group, str):
            if group not in self._names:
                raise IndexError("no such group")
            group = self._names[group]
        if not 0 <= group < len(self._groups):
            raise IndexError("no such group")
        return self._groups[group] or (-1, -1)

    def group(self, group=0):
        """The text of a group, or None."""
        start, end = self._span(group)
        return None if start < 0 else self._text[start:end]

    def start(self, group=0):
        """Where a group begins, or -1."""
        return self._span(group)[0]

    def end(self, group=0):
        """Where a group ends, or -1."""
        return self._span(group)[1]


class Pattern:
    """An expression that was read."""

    def __init__(self, pattern, flags):
        self.pattern = pattern
        self.flags = flags
        self.groupindex = {}
        self.groups = 0
        self._at = 0
        self._match = self._alternatives(flags)
        if self._at < len(pattern):
            raise error("unbalanced parenthesis at position %d" % self._at)

    def _find(self, text, i):
        while i <= len(text):
            groups = [None] * self.groups
            end = self._match(text, i, groups, _done)
            if end >= 0:
                return Match(text, i, end, groups, self.groupindex)
            i += 1
        return None

    def sub(self, made, text):
        """The text with what a function makes of each match in its place."""
        done = []
        last = i = 0
        while i <= len(text):
            found = self._find(text, i)
            if found is None:
                break
            start, end = found._groups[0]
            done.append(text[last:start])
            done.append(made(found))
            last = end
            i = end if end > start else end + 1
        done.append(text[last:])
        return "".join(done)

    # Reading. What is made is a function of the text, a place, the groups and what is to follow (a
    # function of a place); it gives where all ends, or -1.

    def _peek(self, flags):
        """The next character that counts, or an empty string."""
        p = self.pattern
        if flags & VERBOSE:
            while self._at < len(p):
                if p[self._at] in _SPACES:
                    self._at += 1
                elif p[self._at] == "#":
                    end = p.find("\n", self._at)
                    self._at = len(p) if end < 0 else end + 1
                else:
                    break
        return p[self._at:self._at + 1]

    def _alternatives(self, flags):
        ways = [self._sequence(flags)]
        while self._peek(flags) == "|":
            self._at += 1
            ways.append(self._sequence(flags))
        return ways[0] if len(ways) == 1 else _either(ways)

    def _sequence(self, flags):
        parts = []
        while True:
            c = self._peek(flags)
            if not c or c in "|)":
                return _all(parts)
            node, test = self._atom(flags)
            parts.append(self._repeated(node, test, flags))

    def _repeated(self, node, test, flags):
        c = self._peek(flags)
        p = self.pattern
        if c == "*":
            low, high = 0, None
        elif c == "+":
            low, high = 1, None
        elif c == "?":
            low, high = 0, 1
        elif c == "{":
            end = p.find("}", self._at)
            low, comma, high = p[self._at + 1:end].partition(",")
            if end < 0 or not (low + high).isdigit() and not comma or not (low or high):
                return node
            low = int(low or 0)
            high = (int(high) if high else None) if comma else low
            self._at = end
        else:
            return node
        self._at += 1
        lazy = self._peek(flags) == "?"
        if lazy:
            self._at += 1
        if test is not None and not lazy:
            return _run(test, low, high)
        return _repeat(node, low, high, lazy)

    def _atom(self, flags):
        """A node, and the test of a character if it is that."""
        p = self.pattern
        c = p[self._at]
        self._at += 1
        if c == "(":
            return self._group(flags), None
        if c == "[":
            return _one(self._set(flags))
        if c == "\\":
            return self._escaped(flags)
        if c == ".":
            return _one(lambda x: x != "\n")
        if c == "^":
            return _where(lambda s, i: i == 0), None
        if c == "$":
            return _where(lambda s, i: i == len(s) or i == len(s) - 1 and s[i] == "\n"), None
        if c in "*+?":
            raise error("nothing to repeat at position %d" % (self._at - 1))
        return _one(_same(c, flags))

    def _group(self, flags):
        p = self.pattern
        number = None
        inner = flags
        if p.startswith("?", self._at):
            if p.startswith("?P<", self._at):
                end = p.find(">", self._at)
                name = p[self._at + 3:end]
                if end < 0 or not name.isidentifier() or name in self.groupindex:
                    raise error("bad group name at position %d" % self._at)
                self._at = end + 1
                number = self.groups
                self.groupindex[name] = number + 1
                self.groups += 1
            else:
                end = self._at + 1
                while end < len(p) and p[end] in "aix-":
                    end += 1
                if not p.startswith(":", end):
                    raise error("unknown extension at position %d" % self._at)
                on, _, off = p[self._at + 1:end].partition("-")
                bits = {"a": ASCII, "i": IGNORECASE, "x": VERBOSE}
                for c in on:
                    inner |= bits[c]
                for c in off:
                    inner &= ~bits[c]
                self._at = end + 1
        else:
            number = self.groups
            self.groups += 1
        node = self._alternatives(inner)
        if self._peek(inner) != ")":
            raise error("missing ), unterminated subpattern")
        self._at += 1
        return node if number is None else _kept(node, number)

    def _escaped(self, flags):
        c = self.pattern[self._at:self._at + 1]
        if not c:
            raise error("bad escape (end of pattern)")
        self._at += 1
        if c == "b":
            word = _kind("w", flags)
            edge = lambda s, i: (i > 0 and word(s[i - 1])) != (i < len(s) and word(s[i]))
            return _where(edge), None
        if c == "A":
            return _where(lambda s, i: i == 0), None
        if c == "Z":
            return _where(lambda s, i: i == len(s)), None
        return _one(_kind(c, flags) or _same(_plain(c), flags))

    def _set(self, flags):
        p = self.pattern
        negated = p.startswith("^", self._at)
        self._at += negated
        tests = []
        ranges = []
        first = True
        while first or p[self._at:self._at + 1] != "]":
            first = False
            c = p[self._at:self._at + 1]
            if not c:
                raise error("unterminated character set")
            self._at += 1
            if c == "\\":
                c = p[self._at:self._at + 1]
                self._at += 1
                kind = _kind(c, flags)
                if kind is not None:
                    tests.append(kind)
                    continue
                c = _plain(c)
            last = c
            if p.startswith("-", self._at) and p[self._at + 1:self._at + 2] not in ("]", ""):
                self._at += 1
                last = p[self._at]
                self._at += 1
                if last == "\\":
                    last = _plain(p[self._at:self._at + 1])
                    self._at += 1
                if last < c:
                    raise error("bad character range %s-%s" % (c, last))
            ranges.append((c, last))
        self._at += 1

        def among(x):
            for low, high in ranges:
                if low <= x <= high:
                    return True
            for test in tests:
                if test(x):
                    return True
            return False
        found = among
        if flags & IGNORECASE:
            found = lambda x: among(x) or any(map(among, _cases(x, flags)))
        return (lambda x: not found(x)) if negated else found


def _done(i):
    return i


def _plain(c):
    return {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}.get(c, c)


def _kind(c, flags):
    ascii = flags & ASCII
    low = c.lower()
    if low == "d":
        test = _DIGITS.__contains__ if ascii else str.isdecimal
    elif low == "s":
        test = _SPACES.__contains__ if ascii else str.isspace
    elif low == "w":
        if ascii:
            test = lambda x: x == "_" or x.isascii() and x.isalnum()
        else:
            test = lambda x: x == "_" or x.isalnum()
    else:
        return None
    return test if c == low else lambda x: not test(x)


def _cases(x, flags):
    if flags & ASCII and not x.isascii():
        return ()
    return x.lower(), x.upper(), x.upper().lower()


def _same(c, flags):
    if flags & IGNORECASE and c.lower() != c.upper():
        return lambda x: x == c or c in _cases(x, flags) or c.lower() in _cases(x, flags)
    return lambda x: x == c


def _one(test):
    def match(s, i, g, k):
        return k(i + 1) if i < len(s) and test(s[i]) else -1
    return match, test


def _where(test):
    def match(s, i, g, k):
        return k(i) if test(s, i) else -1
    return match


def _all(parts):
    if not parts:
        return lambda s, i, g, k: k(i)
    made = parts[-1]
    for part in reversed(parts[:-1]):
        made = _then(part, made)
    return made


def _then(a, b):
    return lambda s, i, g, k: a(s, i, g, lambda j: b(s, j, g, k))


def _either(ways):
    def match(s, i, g, k):
        before = g[:]
        for way in ways:
            end = way(s, i, g, k)
            if end >= 0:
                return end
            g[:] = before
        return -1
    return match


def _kept(node, number):
    def match(s, i, g, k):
        before = g[number]

        def closed(j):
            inner = g[number]
            g[number] = (i, j)
            end = k(j)
            if end < 0:
                g[number] = inner
            return end
        end = node(s, i, g, closed)
        if end < 0:
            g[number] = before
        return end
    return match


def _run(test, low, high):
    """As many characters as there are, then fewer."""
    def match(s, i, g, k):
        limit = len(s) if high is None else min(len(s), i + high)
        j = i
        while j < limit and test(s[j]):
            j += 1
        while j >= i + low:
            end = k(j)
            if end >= 0:
                return end
            j -= 1
        return -1
    return match


def _repeat(node, low, high, lazy):
    def match(s, i, g, k):
        def again(i, n):
            def more(j):
                # An empty round is the last.
                return k(j) if j == i and n >= low else again(j, n + 1)
            if n < low:
                return node(s, i, g, more)
            if lazy:
                end = k(i)
                if end < 0 and (high is None or n < high):
                    end = node(s, i, g, more)
                return end
            if high is None or n < high:
                end = node(s, i, g, more)
                if end >= 0:
                    return end
            return k(i)
        return again(i, 0)
    return match
