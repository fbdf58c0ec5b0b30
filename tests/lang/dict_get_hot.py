# dict.get in loops: keys of all sorts, defaults, other dicts, and calls that do not fit.
from collections import OrderedDict, defaultdict


class Key(str):
    def __hash__(self):
        return hash('a')

    def __eq__(self, other):
        return True


class Mine(dict):
    def get(self, k, d=None):
        return 'mine', k, d


class Missing(dict):
    def __missing__(self, k):
        return 'missing'


def one(d, k):
    return d.get(k)


def two(d, k, x):
    return d.get(k, x)


def raised(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return type(e).__name__, str(e)


D = {'a': 1, 'b': None, 1: 'one', -1: 'minus', 2.0: 'two', (1, 2): 't', None: 'n', 2 ** 70: 'big', frozenset([1]): 'f', '': 'empty'}
KEYS = ['a', 'b', 'c', '', 1, -1, -2, 2, 3, True, 1.0, (1, 2), (2, 1), None, 2 ** 70, 2 ** 48, frozenset([1]), 'x' * 5000]
for _ in range(200):
    seen = [(one(D, k), two(D, k, 'no'), two(D, k, None)) for k in KEYS]
print(seen)
print([raised(one, D, k) for k in ([], {}, Key('q'), (1, []))], raised(two, D, Key('z'), 5))
for _ in range(100):
    seen = [(raised(one, d, 'a'), raised(two, d, 'k', 3)) for d in
            (D, {}, Mine(), Missing(), OrderedDict(a=4), defaultdict(int, a=5), Missing(a=6), 5, 'a')]
print(seen)


def counted(words):
    counts = {}
    for w in words:
        counts[w] = counts.get(w, 0) + 1
        if counts.get(w) == 50:
            del counts[w]
    return sorted(counts.items())


print(counted(['w%d' % (i * i % 37) for i in range(3000)]))
print(counted([(i % 5, i * i % 7) for i in range(3000)]))


def names(n):
    x = 0
    for i in range(n):
        x = globals().get('D') is D and vars(one).get('none', i) == i
    return x


print(names(500), raised(lambda: {}.get()), raised(lambda: {}.get(1, 2, 3)), raised(lambda: {}.get(k=1)))


def deep(n):
    return deep(n - 1) if n else {'a': 7}.get('a')


for _ in range(200):
    deep(5)


def depth(n):
    try:
        return deep(n)
    except RecursionError as e:
        return str(e)


first = next(n for n in range(700, 1100) if depth(n) != 7)
print(depth(first - 1), depth(first), first > 900)
