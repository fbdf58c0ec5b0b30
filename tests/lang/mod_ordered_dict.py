# collections.OrderedDict: order as part of the value, moves, changes while iterating.
from collections import OrderedDict
import copy

d = OrderedDict([('a', 1), ('b', 2), ('c', 3)])
d.move_to_end('a')
print(d, list(reversed(d)))
d.move_to_end('c', last=False)
print(d, list(d.items()), list(reversed(d.values())))
print(d.popitem(), d.popitem(last=False), d)
d.update(x=5)
d['a'] = 0
d['b'] = 9
print(d, d.pop('x'), d.pop('x', 'none'), d.setdefault('q'), d)
print(d == OrderedDict([('a', 0), ('b', 9), ('q', None)]), d == {'q': None, 'b': 9, 'a': 0})
print(OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1), OrderedDict(a=1) != {'a': 1})
print(d.keys() & {'a', 'zz'}, d.keys(), d.values(), d.items(), 9 in d.values())
print(d.copy() is d, copy.copy(d), OrderedDict.fromkeys('hello', 0), OrderedDict())
d['me'] = d
print(d)


def walk(od, change):
    seen = []
    try:
        for k in od:
            seen.append(k)
            change()
    except RuntimeError as e:
        return seen, str(e)
    return seen


for change in ('move_to_end', 'pop', '__delitem__'):
    d = OrderedDict.fromkeys('abc')
    print(change, walk(d, lambda: getattr(d, change)('b')))
d = OrderedDict.fromkeys('abc')
print(walk(d, lambda: d.update(new=1)), walk(d, lambda: d.update(a=1)))
for f in (lambda: OrderedDict(1), lambda: OrderedDict([], []), lambda: d.pop('zz'),
          lambda: OrderedDict().popitem(), lambda: d.move_to_end('zz'), lambda: OrderedDict([(1,)])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


class LRU(OrderedDict):
    def __getitem__(self, key):
        value = super().__getitem__(key)
        self.move_to_end(key)
        return value

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        if len(self) > 3:
            del self[next(iter(self))]


c = LRU()
for k in 'abcaxbyab':
    c[k] = k.upper()
    if 'a' in c:
        c['a']
print(c)
