# collections.Counter: counting, arithmetic, ordering of results.
from collections import Counter

c = Counter('abracadabra')
print(c, c['a'], c['zz'], len(c), sum(c.values()))
print(c.most_common(2), c.most_common(0), c.most_common(99), c.most_common())
print(''.join(c.elements()), sorted(c))
a, b = Counter(x=3, y=1, z=-2), Counter(x=1, y=2, w=4)
print(a + b, a - b, a | b, a & b, +a, -a)
a.subtract(b)
print(a)
a.update({'x': 10}, q=1)
a.update(['q', 'q'])
print(a, a.copy() == a, type(a.copy()).__name__)
a += Counter('xx')
a -= Counter({'q': 2})
print(a)
a |= Counter(m=7)
a &= Counter(m=3, x=100)
print(a)
del a['not there'], a['m']
print(a, Counter(), Counter(None), Counter({1: 'one', 2: 2}))
print(Counter('hello') == Counter('olleh'), Counter(a=1) == Counter(a=1, b=0))


class Loud(Counter):
    def __missing__(self, key):
        return 'missing ' + repr(key)


print(Loud('aab')['c'], Loud('aab'))
for f in (lambda: Counter.fromkeys('a'), lambda: Counter(5), lambda: c + {}, lambda: Counter([[]])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
words = 'the cat and the dog and the bird'.split()
print([w for w, _ in Counter(words).most_common()])
