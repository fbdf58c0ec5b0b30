"""Text processing: counts, wrapping, tables, a template engine, a differ, ciphers, small markup."""
import string
from collections import Counter, defaultdict
from io import StringIO
from itertools import groupby, zip_longest

TEXT = """It was late, and the lamp on the quay had gone out. The harbour master counted the boats: one, two, three --
three where there should have been four. "Late again," he said to nobody; nobody answered.

He lit his pipe. The sea, grey and patient, said what the sea always says. A boat that is late is a boat that is
somewhere else, and somewhere else is not his harbour; so he counted again: one, two, three.

At dawn the fourth boat came, its nets full of stars (or so the boys said). "Stars!" said the harbour master. "Fish
would have been better." But he wrote it down: one boat, late; cargo: stars, various.
"""


def words(text):
    for word in text.split():
        word = word.strip(string.punctuation).lower()
        if word:
            yield word


def statistics(text):
    counts = Counter(words(text))
    print('words', sum(counts.values()), 'different', len(counts), 'longest', max(counts, key=lambda w: (len(w), w)))
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:6]:
        print('  %-8s %s %d' % (word, '*' * count, count))
    by_length = defaultdict(list)
    for word in counts:
        by_length[len(word)].append(word)
    for length in sorted(by_length)[-3:]:
        print('  %2d letters: %s' % (length, ' '.join(sorted(by_length[length]))))
    letters = Counter(c for c in text.lower() if c.isalpha())
    print('  letters', ''.join(c for c, _ in sorted(letters.items(), key=lambda p: (-p[1], p[0]))))
    sentences = [s for s in text.replace('\n', ' ').replace('!', '.').split('.') if s.strip(' "')]
    print('  sentences', len(sentences), 'mean', '%.2f' % (sum(len(s.split()) for s in sentences) / len(sentences)))
    follow = defaultdict(Counter)
    previous = None
    for w in words(text):
        if previous:
            follow[previous][w] += 1
        previous = w
    print('  after "the":', sorted(follow['the'].items()))
    print('  palindromes', sorted({w for w in counts if w == w[::-1] and len(w) > 1}), 'anagrams',
          [list(g) for _, g in groupby(sorted(sorted(counts), key=sorted), key=sorted) for g in [sorted(g)] if len(g) > 1])


def wrap(text, width, justify=False):
    for paragraph in text.split('\n\n'):
        line, length = [], 0
        lines = []
        for word in paragraph.split():
            if line and length + len(word) + len(line) > width:
                lines.append(line)
                line, length = [], 0
            line.append(word)
            length += len(word)
        for words_of in lines:
            gaps = len(words_of) - 1
            if justify and gaps:
                spaces = width - sum(map(len, words_of))
                wide, extra = divmod(spaces, gaps)
                out = StringIO()
                for i, w in enumerate(words_of[:-1]):
                    out.write(w + ' ' * (wide + (i < extra)))
                out.write(words_of[-1])
                yield out.getvalue()
            else:
                yield ' '.join(words_of)
        yield ' '.join(line)
        yield ''


class Table:
    def __init__(self, *headings, align=None):
        self.headings = headings
        self.align = align or '<' * len(headings)
        self.rows = []

    def add(self, *row):
        if len(row) != len(self.headings):
            raise ValueError('%d cells in a table of %d columns' % (len(row), len(self.headings)))
        self.rows.append(tuple('' if c is None else '{:.2f}'.format(c) if isinstance(c, float) else str(c) for c in row))
        return self

    def __iadd__(self, rows):
        for row in rows:
            self.add(*row)
        return self

    def __str__(self):
        widths = [max(map(len, column)) for column in zip(self.headings, *self.rows)]
        rule = '+' + '+'.join('-' * (w + 2) for w in widths) + '+'
        line = lambda row: '|' + '|'.join(' {:{}{}} '.format(c, a, w) for c, a, w in zip(row, self.align, widths)) + '|'
        return '\n'.join([rule, line(self.headings), rule.replace('-', '=')] + [line(r) for r in self.rows] + [rule])

    def csv(self):
        quote = lambda c: '"%s"' % c.replace('"', '""') if set(c) & set(',"\n') else c
        return '\n'.join(','.join(map(quote, row)) for row in [self.headings] + self.rows)


def read_csv(text):
    row, cell, quoted = [], [], False
    i = 0
    while i < len(text):
        c = text[i]
        if quoted:
            if c == '"':
                if text[i + 1:i + 2] == '"':
                    cell.append('"')
                    i += 1
                else:
                    quoted = False
            else:
                cell.append(c)
        elif c == '"':
            quoted = True
        elif c in ',\n':
            row.append(''.join(cell))
            cell = []
            if c == '\n':
                yield row
                row = []
        else:
            cell.append(c)
        i += 1
    if cell or row:
        yield row + [''.join(cell)]


class TemplateError(Exception):
    pass


class Template:
    """{{ expression|filter }}, {% for x in e %}, {% if e %}{% else %}{% end %}: compiled to closures."""

    FILTERS = {'upper': str.upper, 'title': str.title, 'len': len, 'money': '{:,.2f}'.format, 'join': ', '.join, 'repr': repr, 'first': lambda x: x[0]}

    def __init__(self, text):
        self.pieces = list(self.split(text))
        self.body = self.block(None)

    @staticmethod
    def split(text):
        while text:
            starts = [(text.index(mark), mark) for mark in ('{{', '{%') if mark in text]
            if not starts:
                yield 'text', text
                return
            at, mark = min(starts)
            if at:
                yield 'text', text[:at]
            close = '}}' if mark == '{{' else '%}'
            end = text.find(close, at)
            if end < 0:
                raise TemplateError('%s without %s' % (mark, close))
            yield ('value' if mark == '{{' else 'tag'), text[at + 2:end].strip()
            text = text[end + 2:]

    def block(self, opened):
        nodes = []
        while self.pieces:
            kind, value = self.pieces.pop(0)
            if kind == 'text':
                nodes.append(lambda scope, value=value: value)
            elif kind == 'value':
                nodes.append(self.value(value))
            else:
                tag, *rest = value.split()
                if tag in ('end', 'else'):
                    if opened is None:
                        raise TemplateError('%s without a beginning' % tag)
                    self.closed_by = tag
                    return nodes
                nodes.append(self.statement(tag, rest))
        if opened is not None:
            raise TemplateError('%s is not ended' % opened)
        return nodes

    def statement(self, tag, rest):
        if tag == 'for':
            name, _, *expression = rest
            source = self.expression(' '.join(expression))
            body = self.block('for')

            def loop(scope):
                items = list(source(scope))
                return ''.join(self.render_nodes(body, {**scope, name: item, 'loop': {'index': i, 'last': i == len(items) - 1}})
                               for i, item in enumerate(items))
            return loop
        if tag == 'if':
            negate = rest[0] == 'not'
            test = self.expression(' '.join(rest[negate:]))
            yes = self.block('if')
            no = self.block('else') if self.closed_by == 'else' else []
            return lambda scope: self.render_nodes(yes if bool(test(scope)) != negate else no, scope)
        raise TemplateError('unknown tag %r' % tag)

    def expression(self, text):
        name, *path = text.split('.')
        if name[0] in '"\'0123456789':
            constant = name[1:-1] if name[0] in '"\'' else int(name)
            return lambda scope: constant

        def get(scope):
            try:
                value = scope[name]
            except KeyError:
                raise TemplateError('%s is not known' % name) from None
            for p in path:
                value = value[p] if isinstance(value, dict) else value[int(p)] if p.isdigit() else getattr(value, p)
                if callable(value):
                    value = value()
            return value
        return get

    def value(self, text):
        head, *filters = map(str.strip, text.split('|'))
        get = self.expression(head)
        for f in filters:
            if f not in self.FILTERS:
                raise TemplateError('no filter %r' % f)

        def render(scope):
            value = get(scope)
            for f in filters:
                value = self.FILTERS[f](value)
            return str(value)
        return render

    @staticmethod
    def render_nodes(nodes, scope):
        return ''.join(node(scope) for node in nodes)

    def render(self, **scope):
        return self.render_nodes(self.body, scope)


def differ(a, b):
    """Lines kept, removed and added, by the longest common subsequence."""
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            table[i][j] = table[i + 1][j + 1] + 1 if a[i] == b[j] else max(table[i + 1][j], table[i][j + 1])
    i = j = 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and a[i] == b[j]:
            yield ' ', a[i]
            i, j = i + 1, j + 1
        elif j == len(b) or (i < len(a) and table[i + 1][j] >= table[i][j + 1]):
            yield '-', a[i]
            i += 1
        else:
            yield '+', b[j]
            j += 1


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]


def vigenere(text, key, sign=1):
    shifts = [ord(c) - 97 for c in key]
    out, k = [], 0
    for c in text:
        if c.isalpha() and c.isascii():
            base = 65 if c.isupper() else 97
            out.append(chr((ord(c) - base + sign * shifts[k % len(shifts)]) % 26 + base))
            k += 1
        else:
            out.append(c)
    return ''.join(out)


def runs(text):
    return ''.join('%s%s' % (n if n > 1 else '', c) for c, g in groupby(text) for n in [sum(1 for _ in g)])


def roman(n):
    out = ''
    for value, sign in zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), 'M CM D CD C XC L XL X IX V IV I'.split()):
        count, n = divmod(n, value)
        out += sign * count
    return out


statistics(TEXT)
for width, justify in ((44, False), (38, True)):
    lines = list(wrap(TEXT, width, justify))
    print('\n'.join('|%-*s|' % (width, l) for l in lines[:7]))
    print(len(lines), 'lines, widest', max(map(len, lines)))
table = Table('boat', 'crew', 'catch', 'note', align='<>>^')
table += [('Anna', 3, 120.5, None), ('Stella Maris', 12, 1034.25, 'late, "stars"'), ('Tern', 1, 0.0, 'idle')]
print(table)
print(table.csv())
print(list(read_csv(table.csv()))[2], list(read_csv('a,,"b\nc"\n"",x')))
try:
    table.add(1, 2)
except ValueError as e:
    print(e)

page = Template('''{% for boat in boats %}{{ loop.index }}. {{ boat.name|upper }} ({{ boat.crew|len }}): {% if boat.crew %}{% for c in boat.crew %}{{ c|title }}{% if not loop.last %}, {% end %}{% end %}{% else %}nobody{% end %}; {{ boat.worth|money }}
{% end %}Total {{ total|money }}, signed {{ "h.m." }}{{ name.strip.title }}''')
print(page.render(boats=[{'name': 'anna', 'crew': ['jo', 'al'], 'worth': 12345.678}, {'name': 'tern', 'crew': [], 'worth': 0}], total=1e6, name='  master '))
for text in ('{{ x', '{% for a in b %}', '{% end %}', '{{ x|nope }}', '{{ missing }}', '{% loop %}', 'a{{ 5 }}b{% if 0 %}c{% else %}d{% end %}'):
    try:
        print(repr(Template(text).render()))
    except TemplateError as e:
        print('%-20s %s' % (text, e))
old = 'one two three four five six'.split()
new = 'zero one two tree four six seven'.split()
print(' '.join(sign + line for sign, line in differ(old, new)))
print([distance(a, b) for a, b in [('kitten', 'sitting'), ('', 'abc'), ('flaw', 'lawn'), ('same', 'same')]])
secret = vigenere('Attack at dawn, not at noon!', 'lemon')
print(secret, '|', vigenere(secret, 'lemon', -1))
print(runs('wwwwaaadexxxxxx'), [roman(n) for n in (4, 9, 14, 1990, 2024, 3999)])
print(['{:>8}|{:<8}|{:^8}|{:08.3f}|{:+d}|{:x}|{:#b}|{:e}|{:%}|{:,}'.format('r', 'l', 'c', 3.14159, 5, 255, 5, 12345.678, 0.256, 1234567)])
print('%-6s|%6.2f|%+d|%o|%X|%r|%5.1f%%|%c|%s' % ('ab', 2.345, 7, 8, 255, 'q', 99.5, 'z', None))
print('straße'.upper(), 'ÀÉ'.lower() == 'àé', 'ab\tc'.expandtabs(4), 'a-b_c'.translate(str.maketrans('-_', '+*', 'c')), 'x,y,,z'.partition(','), 'x.y.z'.rsplit('.', 1))
print(list(zip_longest('abc', 'de', fillvalue='.')), string.capwords('the old  man'), 'abc'.center(9, '*'), 'Hello'.swapcase(), '42'.zfill(5), '-7'.zfill(4))
