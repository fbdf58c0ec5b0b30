# `in` a constant str, a str, a set or a dict in a loop: what is no single ASCII character, no str, or of a derived class.


class Text(str):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 7


class Odd:
    def __contains__(self, x):
        return [x]


def constant(c):
    return c in ' \n\t\r', c not in 'az09', c in '', c in 'abc\x7f', c in 'a\xe9\u20ac', c in 'xyzabc'


def held(c, o):
    return c in o, c not in o


def raised(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return type(e).__name__, str(e)


ITEMS = ['', ' ', '\n', 'a', 'z', '0', 'ab', 'bc', 'abc\x7f', '\x7f', '\x00', '\xe9', '\u20ac', 'a\xe9', '\ud800', 'c\x7f',
         Text('a'), Text(''), 'xyzabcd']
OTHERS = [None, 1, 1.5, b'a', ('a',), []]
HOLDERS = ['', 'abc', 'a' * 200 + 'b', 'a\xe9\u20acz', Text('abc'), {'a', 'ab', 1}, frozenset('abc'), set(), {'a': 1, 1: 2},
           {}, {Text('a')}, {(1, 2), 'z'}, ['a'], ('a', 'ab'), Odd(), range(3)]
for _ in range(120):
    seen = [constant(c) for c in ITEMS]
    seen.append([[raised(held, c, o) for o in HOLDERS] for c in ITEMS])
print(seen)
for _ in range(30):
    seen = [raised(constant, x) for x in OTHERS]
    seen.append([[raised(held, x, o) for o in HOLDERS] for x in OTHERS])
print(seen)


def blanks(text):
    at = 0
    while at < len(text) and text[at] in ' \n\t\r':
        at += 1
    return at


print([blanks(' ' * n + 'x') for n in range(40)], blanks(' \n\t\r' * 2000 + '\xa0'))
