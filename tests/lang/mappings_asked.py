"""What asks a mapping, a set or a mappingproxy for its items by the methods of a derived class, and what does not."""
import collections
import types


class OD(collections.OrderedDict):
    def __getitem__(self, k):
        print('item', k)
        return 3


class Keys(collections.OrderedDict):
    def keys(self):
        print('keys')
        return ['p']


class D(dict):
    def __iter__(self):
        print('iter')
        return iter(['z'])

    def __len__(self):
        print('len')
        return 1

    def __bool__(self):
        print('bool')
        return False


class S(set):
    def __iter__(self):
        print('iter')
        return iter([1])


class U(collections.UserDict):
    pass


def f(**k):
    return k


for c in (OD, Keys):
    o = c(p=1)
    print({**o}, f(**o), dict(o), '{p}'.format(**o))
    d = {}
    d.update(o)
    print(d, collections.Counter(o), collections.OrderedDict(o))

print({1}.isdisjoint(S([2])), {'z'}.difference(D(p=1)), sorted({'p'}.symmetric_difference(D(p=1))), {1}.difference(S([1])))
print({1}.isdisjoint(S()), {2} - S([2]), {'p'}.difference(collections.OrderedDict(p=1)))
for m in (types.MappingProxyType(D(p=1)), types.MappingProxyType(D()), types.MappingProxyType(U()), types.MappingProxyType(U(a=1))):
    print(bool(m), not m, len(m), 'yes' if m else 'no')


class NoLength:
    def keys(self):
        return []

    def __getitem__(self, k):
        return k


for e in ('bool(m)', 'len(m)', 'm[5]'):
    try:
        print(eval(e, {'m': types.MappingProxyType(NoLength())}))
    except TypeError as x:
        print(e, x)
print(eval('p', {}, types.MappingProxyType({'p': 7})))
for e in ("eval('p', types.MappingProxyType({'p': 7}))", "exec('p = 1', {}, types.MappingProxyType({'p': 7}))", "exec('p', types.MappingProxyType({}))", "eval('p', {}, memoryview(b'a'))"):
    try:
        print(eval(e))
    except Exception as x:
        print(type(x).__name__, x)
for x in (U(a=1), 'ab', b'ab', range(3), types.MappingProxyType({'a': 1}), [1], (1,), {1}, 5, NoLength()):
    try:
        m = types.MappingProxyType(x)
    except TypeError as e:
        print(e)
        continue
    for e in ('m', 'str(m)', 'len(m)', 'm.__len__()', 'sorted(m)', "m['a']", 'm[0]', "m.__getitem__('a')", "'a' in m", "m.__contains__('a')", 'm == x', 'm.get("a")', 'list(m.items())', 'm.copy()'):
        if isinstance(x, NoLength) and ('in m' in e or 'sorted' in e or 'contains' in e):
            continue
        try:
            r = eval(e)
        except Exception as t:
            r = f'{type(t).__name__} {t}'
        print(e, str(r).split(' object at')[0])
