# collections.abc: what the classes ask for, what they give, what is registered.
import collections.abc as abc

for name in abc.__all__:
    c = getattr(abc, name)
    kinds = [t.__name__ for t in (int, str, list, tuple, dict, set, frozenset, bytes, range)
             if issubclass(t, c)]
    print(name, sorted(c.__abstractmethods__), kinds, c.__module__)


class Bits(abc.Sequence):
    def __init__(self, n):
        self.n = n

    def __len__(self):
        return self.n.bit_length()

    def __getitem__(self, i):
        if not 0 <= i < len(self):
            raise IndexError(i)
        return self.n >> i & 1


b = Bits(0b1011)
print(list(b), list(reversed(b)), 1 in b, b.index(0), b.count(1), 2 in b)


class Table(abc.MutableMapping):
    def __init__(self):
        self.rows = []

    def __getitem__(self, key):
        for k, v in self.rows:
            if k == key:
                return v
        raise KeyError(key)

    def __setitem__(self, key, value):
        self.rows = [r for r in self.rows if r[0] != key] + [(key, value)]

    def __delitem__(self, key):
        self[key]
        self.rows = [r for r in self.rows if r[0] != key]

    def __iter__(self):
        return (k for k, _ in self.rows)

    def __len__(self):
        return len(self.rows)


t = Table()
t.update({'a': 1}, b=2)
print(t.setdefault('c', 3), t.get('zz'), list(t.items()), t.pop('a'), t.popitem(), t == {'c': 3}, list(t.keys()))
print(t.keys() | {'q'} == {'c', 'q'}, ('c', 3) in t.items(), 3 in t.values(), len(t.values()))


class Few(abc.Set):
    def __init__(self, items):
        self.items = sorted(set(items))

    def __contains__(self, x):
        return x in self.items

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)


a = Few([1, 2, 3])
print(list(a & [2, 5]), list(a | {9}), list(a - Few([1])), list(a ^ {3, 4}), a <= {1, 2, 3, 4}, a == {1, 2, 3})
print(a > Few([1]), a.isdisjoint([7]), list({1, 8} - a), a._hash() == Few([3, 2, 1])._hash())
for f in (lambda: abc.Sized(), lambda: abc.Mapping(), Table().popitem, lambda: t['zz'], lambda: b.index(7)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class Duck:
    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0


class Not(Duck):
    __iter__ = None


print(issubclass(Duck, abc.Iterable), issubclass(Duck, abc.Collection), issubclass(Not, abc.Iterable))
