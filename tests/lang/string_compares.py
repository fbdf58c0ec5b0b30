"""Comparisons of strings, characters of strings, and what comes where strings were expected."""


class Text(str):
    def __eq__(self, other):
        return 'eq'

    def __lt__(self, other):
        return 'lt'

    __hash__ = str.__hash__


def all_six(a, b):
    return a == b, a != b, a < b, a <= b, a > b, a >= b


def tried(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return type(e).__name__ + ': ' + str(e)


def to(x, y):
    return x == y, x != y


def order(x, y):
    return x < y, x >= y


def char(s, i):
    return s[i]


def spell(s):
    out = ''
    i = -len(s)
    while i < len(s):
        out += s[i]
        i += 1
    return out


TEXTS = ['', 'a', 'b', 'ab', 'aB', 'é', 'e\u0301', '\ud800', '\U0001f600', '\uffff', 'abc' * 50, 'abc' * 49 + 'abd', 'if', 'x' + 'if'[:1]]
OTHERS = [1, None, b'a', Text('a'), ('a',), 2.5, True]


def main():
    print([all_six(a, b) for a in TEXTS for b in TEXTS])
    # The same places see strings for long, then something else.
    for i in range(300):
        to('if', TEXTS[i % len(TEXTS)]), order('ab', TEXTS[i % len(TEXTS)]), char('abc', i % 3 - 1)
    print([to('i' + 'f', t) for t in ('if', ''.join(['i', 'f']), 'of')])
    print([tried(to, 'a', o) for o in OTHERS], [tried(to, o, 'a') for o in OTHERS])
    print([tried(order, 'a', o) for o in OTHERS], [tried(order, o, 'a') for o in OTHERS])
    keys = (0, 1, -1, 7, -8, True, 2 ** 70, 'k', None)
    print(ascii([tried(char, t, i) for t in TEXTS + OTHERS + [[5, 6], {1: 2}, range(4)] for i in keys]))
    print(ascii([spell(t) for t in TEXTS]))


for _ in range(3):
    main()
