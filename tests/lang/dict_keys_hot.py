# Subscripts and `in` of hot functions: dicts of every kind, keys of every kind, and what is no dict.
from collections import OrderedDict, defaultdict

N = 1500


def get(d, k):
    return d[k]


def put(d, k, v):
    d[k] = v
    return d


def has(d, k):
    return k in d, k not in d


def count(words):
    out = {}
    for w in words:
        if w in out:
            out[w] += 1
        else:
            out[w] = 1
    return out


class Mine(dict):
    def __missing__(self, k):
        return ['missing', k]


class Odd(dict):
    def __getitem__(self, k):
        return ['odd', k]

    def __setitem__(self, k, v):
        dict.__setitem__(self, k, ['set', v])

    def __contains__(self, k):
        return 5


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, other):
        return self.n == getattr(other, 'n', other)

    def __repr__(self):
        return 'Key(%r)' % self.n


class Text(str):
    def __eq__(self, other):
        return False

    __hash__ = str.__hash__


big = {i: str(i) for i in range(300)}
big.update((str(i), i) for i in range(300))
for i in range(N):
    get(big, i % 300), get(big, str(i % 300)), put(big, i % 300, i), put(big, str(i % 300), -i)
    has(big, i), has(big, str(i)), count('abcab')
print(get(big, 7), get(big, '8'), has(big, 299), has(big, 300), has(big, '300'), len(big), big[299], big['299'])
print(count('mississippi'), count(['a', 1, 1.0, True, None, (1,), 'a', 2**70, 2**70]), count([]), count([Key(1), 1, Key(1)]))
d = {1: 'one', 'a': 'A', 2.5: 'x', None: 'none', (1, 2): 't', 2**60: 'big', -1: 'minus', 0: 'zero', '': 'empty'}
for k in (1, 1.0, True, 'a', 2.5, None, (1, 2), 2**60, -1, -2, 0, False, -0.0, '', 'b', Key(1), Key('a'), Text('a'), [], {}):
    try:
        print(repr(k)[:8], has(d, k), get(d, k))
    except (KeyError, TypeError) as e:
        print(type(e).__name__, e)
for k in (1.0, True, Key(1), Text('a'), 'a', -1, 2**60, (1, 2)):
    put(d, k, repr(k))
print(d)
for make in (Mine, Odd, OrderedDict, lambda: defaultdict(list), lambda: Mine({'x': 1})):
    d = make()
    for k in ('x', 3, 'x', 4.5):
        try:
            print(has(d, k), get(d, k), put(d, k, 'v'), get(d, k), has(d, k), list(dict.items(d)))
        except KeyError as e:
            put(d, k, 'new')
            print('KeyError', e, d)
l = [1, 2, 3]
print(get(l, 1), put(l, 0, 5), has(l, 5), get((1, 2), -1), has((1, 2), 3), get('abc', 1), has('abc', 'b'), has({1, 2}, 2),
      has(range(5), 3), get(range(5), 2), get(b'ab', 1), has({}.keys(), 1), has({1: 2}.items(), (1, 2)))
for bad in ((5, 1), (None, 'a'), ({}, {}), ({}, [1])):
    for f in (get, has, lambda d, k: put(d, k, 1)):
        try:
            print(f(*bad))
        except (TypeError, KeyError) as e:
            print(type(e).__name__, e)

# Namespaces, whose values may lie in cells.
seen = 1


def look():
    return seen


for i in range(N):
    put(globals(), 'seen', i)
    assert look() == i and get(globals(), 'seen') == i and has(globals(), 'seen') == (True, False)
put(globals(), 'fresh', 1)
print(fresh, has(globals(), 'absent'), look())
del seen
try:
    print(has(globals(), 'seen'), get(globals(), 'seen'))
except KeyError as e:
    print(e)


def local():
    a = 1
    d = locals()
    return get(d, 'a'), has(d, 'b'), put(d, 'b', 2)


print(local(), get(Mine.__dict__, '__module__'))


class Plain:
    pass


p = Plain()
p.x = 1
for i in range(N):
    put(p.__dict__, 'x', i)
    assert p.x == i and get(vars(p), 'x') == i
put(vars(p), 'y', 2)
print(p.x, p.y, has(vars(p), 'z'))


def shrinking(d):
    out = []
    for k in list(d):
        out.append(get(d, k))
        del d[k]
        out.append(has(d, k)[0])
        put(d, k, 'again')
    return out, d


for i in range(N):
    shrinking({'a': 1, 2: 3})
print(shrinking({i: -i for i in range(12)}))
print(dict([(1, 2), ('a', 'b')]), dict(zip('ab', [1, 2]), c=3), dict(((1, 2),)), dict(iter([[1, 2]]), **{'x': 1}), dict(map(list, ['ab'])))
for bad in ([1], [(1,)], ['abc'], ((1, 2, 3),)):
    try:
        dict(bad)
    except (TypeError, ValueError) as e:
        print(e)
print([len(range(a, b, s)) for a in (0, -5, 7) for b in (0, 3, -9) for s in (1, -1, 2, -3)], len(range(2**47, -2**47, -2**40)))
# The order in which a set keeps what it has taken.
print(list(set(i * 37 % 101 for i in range(400))), list(set(i % 9 for i in range(N))), list(set(-i for i in range(30))))
print([list(set(i * k for i in range(k))) for k in range(14)])
