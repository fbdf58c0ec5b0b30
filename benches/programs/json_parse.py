"""A parser of JSON by recursive descent, character by character, and its writer."""
import timed


class Parser:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def space(self):
        text, at = self.text, self.at
        while at < len(text) and text[at] in ' \n\t\r':
            at += 1
        self.at = at

    def expect(self, c):
        if self.text[self.at] != c:
            raise ValueError('%r expected at %d' % (c, self.at))
        self.at += 1

    def value(self):
        self.space()
        c = self.text[self.at]
        if c == '{':
            return self.mapping()
        if c == '[':
            return self.sequence()
        if c == '"':
            return self.string()
        if c in '-0123456789':
            return self.number()
        for word, value in (('true', True), ('false', False), ('null', None)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        raise ValueError('a value expected at %d' % self.at)

    def mapping(self):
        result = {}
        self.expect('{')
        self.space()
        if self.text[self.at] == '}':
            self.at += 1
            return result
        while True:
            self.space()
            key = self.string()
            self.space()
            self.expect(':')
            result[key] = self.value()
            self.space()
            if self.text[self.at] == '}':
                self.at += 1
                return result
            self.expect(',')

    def sequence(self):
        result = []
        self.expect('[')
        self.space()
        if self.text[self.at] == ']':
            self.at += 1
            return result
        while True:
            result.append(self.value())
            self.space()
            if self.text[self.at] == ']':
                self.at += 1
                return result
            self.expect(',')

    def string(self):
        self.expect('"')
        parts = []
        text, at = self.text, self.at
        while True:
            c = text[at]
            at += 1
            if c == '"':
                break
            if c == '\\':
                c = text[at]
                at += 1
                if c == 'u':
                    c = chr(int(text[at:at + 4], 16))
                    at += 4
                else:
                    c = {'n': '\n', 't': '\t'}.get(c, c)
            parts.append(c)
        self.at = at
        return ''.join(parts)

    def number(self):
        text, start = self.text, self.at
        at = start + 1
        whole = True
        while at < len(text):
            c = text[at]
            if c in '.eE+-':
                whole = False
            elif not c.isdigit():
                break
            at += 1
        self.at = at
        return int(text[start:at]) if whole else float(text[start:at])


def write(value, out):
    if value is None or isinstance(value, bool):
        out.append({None: 'null', True: 'true', False: 'false'}[value])
    elif isinstance(value, (int, float)):
        out.append(repr(value))
    elif isinstance(value, str):
        out.append('"')
        for c in value:
            if c in '"\\':
                out.append('\\' + c)
            elif c == '\n':
                out.append('\\n')
            elif ord(c) > 126:
                out.append('\\u%04x' % ord(c))
            else:
                out.append(c)
        out.append('"')
    elif isinstance(value, dict):
        out.append('{')
        for i, (k, v) in enumerate(value.items()):
            if i:
                out.append(', ')
            write(k, out)
            out.append(': ')
            write(v, out)
        out.append('}')
    else:
        out.append('[')
        for i, v in enumerate(value):
            if i:
                out.append(', ')
            write(v, out)
        out.append(']')


def document(n):
    return [{'id': i, 'name': 'item "%d"' % i, 'price': i * 1.25, 'tags': ['a\nb', '\xe9t\xe9', str(i * i)][:i % 4],
             'sold': i % 2 == 0, 'next': None if i % 5 else {'to': -i}} for i in range(n)]


def work(n):
    made = document(n)
    out = []
    write(made, out)
    text = ''.join(out)
    back = Parser(text).value()
    if back != made:
        raise AssertionError('it did not come back')
    return len(text), sum(len(row['tags']) for row in back)


if __name__ == '__main__':
    timed.main('json_parse', work, 4000)
