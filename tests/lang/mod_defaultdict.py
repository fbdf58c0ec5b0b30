# collections.defaultdict: when a value is made, and when not.
from collections import defaultdict
import copy

d = defaultdict(list)
for word in 'one two three four five six'.split():
    d[len(word)].append(word)
print(d, d.get(99), 99 in d, len(d))
n = defaultdict(int, {'a': 1}, b=2)
for c in 'abcabc':
    n[c] += 1
print(n, n.default_factory, sorted(n.items()))
tree = lambda: defaultdict(tree)
t = tree()
t['a']['b']['c'] = 1
print(list(t), list(t['a']), list(t['a']['b']), t['a']['b']['c'])
none = defaultdict(None, x=1)
print(none, none == {'x': 1}, defaultdict(), defaultdict(default_factory=5))
c = n.copy()
c['new']
print(type(c).__name__, 'new' in n, copy.copy(n) == n, copy.deepcopy(n), n.__reduce__()[1])
n.default_factory = lambda: 'made'
print(n['later'])


class Keyed(defaultdict):
    def __missing__(self, key):
        self[key] = value = self.default_factory(key)
        return value


k = Keyed(lambda key: key * 2)
print(k[4], k['ab'], dict(k))
d = defaultdict(int)
d['me'] = d
print(d)
for f in (lambda: none['q'], lambda: defaultdict(5), lambda: defaultdict(None, 1),
          lambda: defaultdict(lambda: 1 / 0)['x'], lambda: d[[]]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
