# weakref: dictionaries and sets whose entries go with their objects; gc.collect() settles them.
import gc
import weakref


class Thing:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return 'Thing(%r)' % self.name


# What was left on the machine's stack may keep an object until it is written over.
def scrub(n):
    return repr([n, scrub(n - 1)]) if n else ''


def settle():
    scrub(9)
    gc.collect()


things = []
by_name = weakref.WeakValueDictionary()
extra = weakref.WeakKeyDictionary()
group = weakref.WeakSet()


def fill():
    things.extend(Thing(c) for c in 'abc')
    by_name.update((t.name, t) for t in things)
    extra.update({t: i for i, t in enumerate(things)})
    group.update(things)
    print(sorted(by_name), by_name['a'], by_name.get('zz'), len(extra), extra[things[1]], things[0] in group)


def show():
    print(sorted(by_name.items()), sorted(k.name for k in extra), sorted(extra.values()), len(group), len(by_name))


fill()
show()
del things[1]
settle()
show()
print('b' in by_name, by_name.get('b', 'gone'))


def change():
    by_name['new'] = things[0]
    extra[things[0]] = 'changed'
    print(by_name.pop('new'), by_name.setdefault('c', None), extra.pop(things[0]), len(extra), sorted(map(repr, group)))


change()
things.clear()
settle()
show()
print(list(group), list(by_name), list(extra.keys()), len(by_name.copy()), len(extra.copy()), "x" in group)
a, b, c = Thing('a'), Thing('b'), Thing('c')
s, u = weakref.WeakSet([a, b]), weakref.WeakSet([b, c])
for r in (s | u, s & u, s - u, s ^ u):
    print(sorted(t.name for t in r))
print(s <= s | u, s == weakref.WeakSet([b, a]), s.isdisjoint([c]), s.issubset([a]), 5 in s)
s.discard(c)
s.remove(a)
print(s.pop() is b, len(s))
for f in (lambda: s.pop(), lambda: s.remove(a), lambda: by_name['q'], lambda: extra[a], lambda: s.add(5),
          lambda: extra.__setitem__(1, 2), lambda: by_name.pop('q')):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, '' if 'weakref at' in str(e) else e)
