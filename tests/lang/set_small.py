# Small sets made in loops: their order, keys that meet in a place, keys that are equal though of other types.


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n

    def __eq__(self, other):
        return self.n == (other.n if isinstance(other, Key) else other)

    def __repr__(self):
        return 'K%d' % self.n


def orders(keys):
    s = set(keys)
    t = set(k for k in keys)
    u = {k for k in keys}
    v = frozenset(keys)
    w = set()
    for k in keys:
        w.add(k)
    return list(s), list(t), list(u), list(v), list(w), len(s)


KEYS = [[], [1], [3, 1, 2, 0, 5, 4, 7, 6], [8, 0, 16, 24, 32], [-1, -2, 2 ** 61 - 1, 2 ** 61 - 2, 0, -2 ** 61 + 1],
        [1, True, 1.0, 0, False, -0.0], [2 ** 48, 2 ** 49, 2 ** 62, 2 ** 64, -2 ** 48], list(range(40)), list(range(0, 320, 8)),
        list(range(-20, 0)), [(1, 2), (1, 2), (2, 1), ()], [Key(3), 3, Key(3), 11, Key(11)], [10 ** 20, 5, 10 ** 20]]
for _ in range(150):
    seen = [orders(k) for k in KEYS]
print(seen)


def changing(n):
    s = set()
    out = []
    for i in range(n):
        s.add(i * 7 % 23)
        s.discard(i * 5 % 23)
        if i % 50 == 0:
            out.append((list(s), 5 in s, -1 in s, 2.0 in s, (1,) in s))
    return out


print(changing(1000))
words = 'the quick brown fox jumps over the lazy dog and the cat'.split()
print([sorted(set(words)) == sorted({w for w in words}) for _ in range(200)].count(True), len(set(words)))
for f in [lambda: {[]}, lambda: set([1, {}]), lambda: [] in {1}, lambda: {} in frozenset()]:
    try:
        print(f())
    except TypeError as e:
        print(e)
print({frozenset([1])} == {frozenset([1])}, {1} in {frozenset([1])}, set('a') in [{'a'}])


def copies(n):
    out = 0
    for i in range(n):
        l = [i, i + 1, i + 2]
        t = tuple(l)
        m = list(l)
        m += m
        l.extend(l)
        l.extend(t)
        out += len(t) + t[1] + m[4] + len(l) + tuple(tuple(m))[5] + len(tuple([])) + len(list(()))
    return out


print(copies(3000))
