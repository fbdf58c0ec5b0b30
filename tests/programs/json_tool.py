"""A JSON tool: parser with positions in its errors, writer, paths, a differ, a checker of shapes."""
import io
from collections import OrderedDict


class ParseError(ValueError):
    def __init__(self, message, text, at):
        self.line = text.count('\n', 0, at) + 1
        self.column = at - (text.rfind('\n', 0, at) + 1) + 1
        super().__init__('%s at line %d, column %d' % (message, self.line, self.column))
        self.at = at


class Parser:
    ESCAPES = {'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}
    WORDS = {'true': True, 'false': False, 'null': None}

    def __init__(self, text, *, ordered=False, float=float, hook=None, depth=50):
        self.text = text
        self.at = 0
        self.mapping_type = OrderedDict if ordered else dict
        self.float = float
        self.hook = hook
        self.depth = depth
        self.rules = {'{': self.mapping, '[': self.sequence, '"': self.string}

    def fail(self, message, at=None):
        return ParseError(message, self.text, self.at if at is None else at)

    @property
    def here(self):
        return self.text[self.at:self.at + 1]

    def skip(self):
        while self.here and self.here in ' \t\r\n':
            self.at += 1
        return self.here

    def take(self, expected):
        if self.skip() != expected:
            raise self.fail('%r expected, not %s' % (expected, repr(self.here) if self.here else 'the end'))
        self.at += 1

    def document(self):
        value = self.value()
        if self.skip():
            raise self.fail('%r after the end' % self.here)
        return value

    def value(self):
        c = self.skip()
        if not c:
            raise self.fail('a value expected, not the end')
        rule = self.rules.get(c)
        if rule:
            if c != '"':
                if not self.depth:
                    raise self.fail('nested too deeply')
                self.depth -= 1
                try:
                    return rule()
                finally:
                    self.depth += 1
            return rule()
        if c == '-' or c.isdigit():
            return self.number()
        for word, value in self.WORDS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        raise self.fail('a value expected, not %r' % c)

    def items(self, close, one):
        self.at += 1
        if self.skip() == close:
            self.at += 1
            return
        while True:
            yield one()
            c = self.skip()
            if c == close:
                self.at += 1
                return
            if c != ',':
                raise self.fail("',' or %r expected" % close)
            self.at += 1

    def mapping(self):
        result = self.mapping_type()
        for key, value in self.items('}', self.member):
            result[key] = value
        return self.hook(result) if self.hook else result

    def member(self):
        if self.skip() != '"':
            raise self.fail('a key expected')
        key = self.string()
        self.take(':')
        return key, self.value()

    def sequence(self):
        return list(self.items(']', self.value))

    def string(self):
        start = self.at
        self.at += 1
        out = io.StringIO()
        while True:
            c = self.here
            if not c:
                raise self.fail('a string without end', start)
            self.at += 1
            if c == '"':
                return out.getvalue()
            if c == '\\':
                out.write(self.escape())
            elif c < ' ':
                raise self.fail('control character %r in a string' % c, self.at - 1)
            else:
                out.write(c)

    def escape(self):
        c = self.here
        self.at += 1
        if c != 'u':
            try:
                return self.ESCAPES[c]
            except KeyError:
                raise self.fail('unknown escape \\%s' % c, self.at - 2) from None
        code = self.unit()
        if 0xd800 <= code < 0xdc00 and self.text.startswith('\\u', self.at):
            self.at += 2
            low = self.unit()
            code = 0x10000 + ((code - 0xd800) << 10 | (low - 0xdc00))
        return chr(code)

    def unit(self):
        digits = self.text[self.at:self.at + 4]
        try:
            code = int(digits, 16)
        except ValueError as e:
            raise self.fail('bad \\u escape') from e
        self.at += 4
        return code

    def number(self):
        start = self.at
        if self.here == '-':
            self.at += 1
        if self.here == '0':
            self.at += 1
        elif not self.digits():
            raise self.fail('a digit expected')
        kind = int
        if self.here == '.':
            self.at += 1
            kind = self.float
            if not self.digits():
                raise self.fail('a digit expected')
        if self.here and self.here in 'eE':
            self.at += 1
            kind = self.float
            if self.here and self.here in '+-':
                self.at += 1
            if not self.digits():
                raise self.fail('a digit expected')
        return kind(self.text[start:self.at])

    def digits(self):
        start = self.at
        while self.here.isdigit():
            self.at += 1
        return self.at - start


class Writer:
    def __init__(self, indent=None, sort=False, ascii=True, default=None):
        self.indent = indent
        self.sort = sort
        self.ascii = ascii
        self.default = default
        self.open = []

    def write(self, value):
        return ''.join(self.parts(value, 0))

    def newline(self, level):
        return '' if self.indent is None else '\n' + ' ' * (self.indent * level)

    def parts(self, value, level):
        if value is None or value is True or value is False:
            yield {None: 'null', True: 'true', False: 'false'}[value]
        elif isinstance(value, str):
            yield self.quoted(value)
        elif isinstance(value, (int, float)):
            yield repr(value)
        elif isinstance(value, (dict, list, tuple)):
            if any(value is o for o in self.open):
                raise ValueError('a cycle')
            self.open.append(value)
            try:
                yield from self.container(value, level)
            finally:
                self.open.pop()
        elif self.default:
            yield from self.parts(self.default(value), level)
        else:
            raise TypeError('%s cannot be written' % type(value).__name__)

    def container(self, value, level):
        mapping = isinstance(value, dict)
        yield '[{'[mapping]
        separator = ',' if self.indent is not None else ', '
        items = value.items() if mapping else enumerate(value)
        for i, (k, v) in enumerate(sorted(items) if mapping and self.sort else items):
            if i:
                yield separator
            yield self.newline(level + 1)
            if mapping:
                yield self.quoted(k) + ': '
            yield from self.parts(v, level + 1)
        if value:
            yield self.newline(level)
        yield ']}'[mapping]

    def quoted(self, s):
        out = ['"']
        names = {v: k for k, v in Parser.ESCAPES.items() if k != '/'}
        for c in s:
            if c in names:
                out.append('\\' + names[c])
            elif c < ' ' or (self.ascii and '\x7f' <= c <= '\uffff'):
                out.append('\\u%04x' % ord(c))
            elif self.ascii and c > '\uffff':
                n = ord(c) - 0x10000
                out.append('\\u{:04x}\\u{:04x}'.format(0xd800 + (n >> 10), 0xdc00 + (n & 0x3ff)))
            else:
                out.append(c)
        return ''.join(out) + '"'


def select(value, path):
    """a.b[0].*: values at a path."""
    values = [value]
    for step in path.replace('[', '.[').split('.'):
        following = []
        for v in values:
            if step == '*':
                following.extend(v.values() if isinstance(v, dict) else v if isinstance(v, list) else ())
            elif step.startswith('['):
                index = step[1:-1]
                if isinstance(v, list):
                    if ':' in index:
                        parts = [int(p) if p else None for p in index.split(':')]
                        following.extend(v[slice(*parts)])
                    elif -len(v) <= int(index) < len(v):
                        following.append(v[int(index)])
            elif isinstance(v, dict) and step in v:
                following.append(v[step])
        values = following
    return values


def differences(a, b, path='$'):
    if type(a) is not type(b):
        yield '%s: %s became %s' % (path, type(a).__name__, type(b).__name__)
    elif isinstance(a, dict):
        for k in sorted(a.keys() | b.keys()):
            if k not in b:
                yield '%s.%s removed' % (path, k)
            elif k not in a:
                yield '%s.%s added' % (path, k)
            else:
                yield from differences(a[k], b[k], path + '.' + k)
    elif isinstance(a, list):
        if len(a) != len(b):
            yield '%s: length %d became %d' % (path, len(a), len(b))
        for i, (x, y) in enumerate(zip(a, b)):
            yield from differences(x, y, '%s[%d]' % (path, i))
    elif a != b:
        yield '%s: %r became %r' % (path, a, b)


class Shape:
    KINDS = {'number': (int, float), 'string': str, 'flag': bool, 'list': list, 'mapping': dict, 'null': type(None)}

    def __init__(self, kind, *, optional=False, each=None, fields=None, least=None):
        self.kind, self.optional, self.each, self.fields, self.least = kind, optional, each, fields or {}, least

    def check(self, value, path='$'):
        if not isinstance(value, self.KINDS[self.kind]) or (self.kind == 'number' and isinstance(value, bool)):
            yield '%s is no %s' % (path, self.kind)
            return
        if self.least is not None and value < self.least:
            yield '%s is below %s' % (path, self.least)
        if self.each:
            for i, v in enumerate(value):
                yield from self.each.check(v, '%s[%d]' % (path, i))
        for name, shape in self.fields.items():
            if name in value:
                yield from shape.check(value[name], path + '.' + name)
            elif not shape.optional:
                yield '%s.%s is missing' % (path, name)


SAMPLE = '''{
  "name": "Caf\\u00e9 \\"Mond\\" \\ud83c\\udf19", "open": true, "rating": -4.5e-1, "big": 123456789012345678901234567890,
  "menu": [
    {"dish": "soup", "price": 4.5, "tags": ["hot", "vegan"]},
    {"dish": "fish\\n", "price": 17, "tags": []},
    {"dish": "cake", "price": 3.25, "tags": ["sweet"], "note": null}
  ],
  "address": {"street": "A\\/B 1", "zip": 4051, "geo": [47.5, 7.6]}, "empty": {}
}'''

BAD = ['', '  ', '{', '[1, 2', '[1 2]', '{"a" 1}', '{"a": }', '{a: 1}', '[1,]', '"abc', '"a\nb"', r'"\x"', r'"\u12g4"', '01', '1.', '-', '1e', 'tru',
       'nul', '[1]]', '{"a": 1,}', '[' * 60, '\n\n  [1,\n  @]', '+1', '.5', "'a'"]

doc = Parser(SAMPLE).document()
print(sorted(doc), len(doc['name']), doc['name'].encode('unicode_escape'))
print(Writer().write(doc))
print(Writer(indent=2, sort=True, ascii=False).write(doc).replace('\U0001f319', '(moon)').replace('\xe9', 'e'))
print('the same again:', Parser(Writer(indent=1).write(doc)).document() == doc)
for text in BAD:
    try:
        print(repr(text), '->', Parser(text).document())
    except ParseError as e:
        print('%-14r %s%s' % (text[:12], e, ' (because of %s)' % type(e.__cause__).__name__ if e.__cause__ else ''))
for text in ('[]', '{}', '0', '-0', '-0.0', '1E+2', '"\\u0041\\t"', ' [ [ ] , { } ] ', '[1e400, -1e400]', '{"a": 1, "a": 2}', 'true'):
    print('%-18r' % text, repr(Parser(text).document()))
for path in ('name', 'menu[0].dish', 'menu.*.price', 'menu[-1].tags[0]', 'menu[:2].dish', 'address.*', 'menu[7]', 'nothing.x', '*.geo[1]', 'menu[::2].price'):
    print('%-18s' % path, ascii(select(doc, path)))
other = Parser(SAMPLE.replace('17', '18').replace('"open": true', '"open": 1').replace(', "note": null', '').replace('["sweet"]', '[]')).document()
for d in differences(doc, other):
    print('  ', d)
dish = Shape('mapping', fields={'dish': Shape('string'), 'price': Shape('number', least=4), 'tags': Shape('list', each=Shape('string')), 'note': Shape('flag', optional=True)})
for problem in Shape('mapping', fields={'menu': Shape('list', each=dish), 'open': Shape('flag'), 'phone': Shape('string')}).check(doc):
    print('  ', problem)
print(Parser('{"re": 1, "im": -2.5}', hook=lambda d: complex(d['re'], d['im'])).document(), type(Parser('{"z": 1}', ordered=True).document()).__name__,
      Parser('[1.50, 2]', float=lambda s: '<%s>' % s).document())
loop = [1]
loop.append({'again': loop})
for value in (loop, {1, 2}, [object]):
    try:
        print(Writer().write(value))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
print(Writer(default=lambda v: sorted(v)).write({'set': {3, 1, 2}, 'tuple': (1, None, 'x\x01')}))
