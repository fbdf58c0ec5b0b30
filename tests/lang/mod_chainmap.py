# collections.ChainMap: searching in order, writing to the first.
from collections import ChainMap

base = {'a': 1, 'b': 2}
top = {'b': 20, 'c': 30}
m = ChainMap(top, base)
print(m, m['a'], m['b'], m.get('zz', 0), 'c' in m, len(m), list(m), dict(m))
m['a'] = 10
del m['b']
print(m.maps, m['b'], list(m.items()), m.parents, bool(ChainMap()), ChainMap())
child = m.new_child({'z': 0})
child['a'] = 'child'
print(child, child.parents == m, child.maps[1] is top, m.new_child())
print(m.pop('c'), m.copy(), ChainMap.fromkeys('xy', 0), m == {'a': 10, 'b': 2})


class Deep(ChainMap):
    def __missing__(self, key):
        return '<%s>' % key


print(Deep({})['q'], Deep({'q': 1})['q'], Deep({}))
for f in (lambda: m['zz'], lambda: m.pop('b'), lambda: m.__delitem__('b'),
          lambda: ChainMap().popitem(), lambda: ChainMap([])['x']):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
m.update(x=1)
m.setdefault('y', 2)
print(m.popitem(), m)
m.clear()
print(m)
r = ChainMap()
r['self'] = r
print(r)
