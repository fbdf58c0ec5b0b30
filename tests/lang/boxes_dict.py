# dicts and views
def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e, e.args)
d = {'a': 1, 'b': 2}
t(lambda: d.get('a'))
t(lambda: d.get('z'))
t(lambda: d.get('z', 5))
t(lambda: d.get())
t(lambda: d.get([]))
t(lambda: d['z'])
t(lambda: d[(1, 2)])
t(lambda: d[[]])
t(lambda: d[{}])
t(lambda: d.setdefault('a', 9))
t(lambda: d.setdefault('c', 9))
t(lambda: d.setdefault('d'))
t(lambda: d.setdefault([]))
t(lambda: d)
t(lambda: d.pop('a'))
t(lambda: d.pop('a'))
t(lambda: d.pop('a', 'default'))
t(lambda: d.pop())
t(lambda: {}.pop([]))
t(lambda: d.pop([]))
t(lambda: d.popitem())
t(lambda: d.popitem())
t(lambda: d)
t(lambda: d.popitem())
t(lambda: d.popitem())
t(lambda: d.update({'x': 1}))
t(lambda: d.update([('y', 2), ['z', 3]]))
t(lambda: d.update(q=5))
t(lambda: d.update({'x': 7}, x=8))
t(lambda: d)
t(lambda: d.update(5))
t(lambda: d.update([5]))
t(lambda: d.update([(1,)]))
t(lambda: d.update(['ab', 'cd']))
t(lambda: d.update(['abc']))
t(lambda: d.update([], []))
t(lambda: d)
t(lambda: d.copy())
t(lambda: d.copy() == d)
t(lambda: d.clear())
t(lambda: d)
t(lambda: dict())
t(lambda: dict(a=1, b=2))
t(lambda: dict([(1, 2), (3, 4)]))
t(lambda: dict({'a': 1}, b=2))
t(lambda: dict(5))
t(lambda: dict([5]))
t(lambda: dict([], []))
t(lambda: dict.fromkeys('abc'))
t(lambda: dict.fromkeys([1, 2], 0))
t(lambda: {}.fromkeys([1]))
t(lambda: dict.fromkeys())
t(lambda: dict.fromkeys(5))
t(lambda: dict.fromkeys([[]]))
e = {1: 'a', 2: 'b', 3: 'c'}
t(lambda: e.keys())
t(lambda: e.values())
t(lambda: e.items())
t(lambda: list(e.keys()))
t(lambda: list(e.values()))
t(lambda: list(e.items()))
t(lambda: list(reversed(e)))
t(lambda: list(reversed(e.keys())))
t(lambda: list(reversed(e.values())))
t(lambda: list(reversed(e.items())))
t(lambda: len(e.keys()))
t(lambda: 1 in e)
t(lambda: 1 in e.keys())
t(lambda: 'a' in e.values())
t(lambda: (1, 'a') in e.items())
t(lambda: (1, 'b') in e.items())
t(lambda: 5 in e.items())
t(lambda: [] in e)
t(lambda: e.keys() == {1: 0, 2: 0, 3: 0}.keys())
t(lambda: e.keys() < {1: 0, 2: 0, 3: 0, 4: 0}.keys())
t(lambda: e.items() == e.copy().items())
t(lambda: e.values() == e.values())
t(lambda: e.keys().isdisjoint([7, 8]))
t(lambda: e.keys().isdisjoint([7, 1]))
t(lambda: e == {3: 'c', 2: 'b', 1: 'a'})
t(lambda: e == {1: 'a'})
t(lambda: e != {1: 'a'})
t(lambda: e < e)
t(lambda: {1: 'x', True: 'y', 1.0: 'z'})
t(lambda: {'a': {}, 'b': []})
t(lambda: {1: 2}[1.0])
t(lambda: {2 ** 61 - 1: 'm', 0: 'z'}[0])
t(lambda: {2 ** 100: 1}[2 ** 100])
t(lambda: {(1, (2, 3)): 'k'}[(1, (2, 3))])
t(lambda: {None: 1, True: 2, Ellipsis: 3})
t(lambda: {float('nan'): 1})
t(lambda: {-1: 'a', -2: 'b'}[-2])
r = {}
r['self'] = r
r['list'] = [r]
t(lambda: r)
# changed while iterated
def grow():
    x = {1: 1, 2: 2}
    for k in x:
        x[k + 10] = 0
t(grow)
def shrink():
    x = {1: 1, 2: 2}
    for k in x:
        x.pop(2)
t(shrink)
def swap():
    x = {1: 1, 2: 2, 3: 3}
    n = 0
    for k in x:
        x.pop(k)
        x[k + 10] = 0
        n += 1
        if n > 50:
            break
    return n, x
t(swap)
def rebind():
    x = {1: 1, 2: 2, 3: 3}
    for k in x:
        x[k] = k * 2
    return x
t(rebind)
def again():
    x = {1: 1}
    it = iter(x)
    x[2] = 2
    for i in range(2):
        try:
            next(it)
        except RuntimeError as e:
            print(e)
    return list({}.items())
t(again)
def items_grow():
    x = {1: 1}
    for k, v in x.items():
        x[2] = 2
t(items_grow)
def replaced():
    x = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4}
    seen = []
    for k in x:
        seen.append(k)
        x.pop(k)
        x[k + 5] = k
        if len(seen) > 30:
            break
    return seen, x
t(replaced)
# many keys, deletions, order
m = {}
for i in range(1000):
    m[i * 7919 % 10007] = i
for i in range(0, 1000, 3):
    m.pop(i * 7919 % 10007)
s = 0
for k, v in m.items():
    s = (s * 31 + k * v) % 1000003
print(len(m), s)
for i in range(500):
    m['k%d' % i] = i
print(len(m), m['k499'], m.get('k500'), list(m)[-1], list(m)[0])
while len(m) > 3:
    m.popitem()
print(m)
words = {}
for w in 'the quick brown fox jumps over the lazy dog the end'.split():
    words[w] = words.get(w, 0) + 1
print(words, max(words, key=words.get))
t(lambda: {}.keys(1))
t(lambda: {}.copy(1))
t(lambda: {}.foo)
t(lambda: {}.keys().foo)
