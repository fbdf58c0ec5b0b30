# Everything a set does, and what it says when it cannot.
def show(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as e:
        print(type(e).__name__, e)


s = {1, 2, 3}
t = {3, 4}
f = frozenset([2, 3, 9])
e = set()
print(s | t, s & t, s - t, s ^ t, s | f, f | s, f & s, f - t, f ^ t, type(f | s).__name__)
print(s.union(), s.union(t, [9], (7,), {8: 1}), s.intersection(t, [3]), s.difference([1], {2}))
print(s.intersection(), s.difference(), s.symmetric_difference([1, 5, 5]), f.union([1]), f.copy() is f)
print(s == t, s == {3, 2, 1}, s != t, s < {1, 2, 3, 4}, s <= s, s < s, s > {1}, s >= t, f == {9, 3, 2})
print(s == [1, 2, 3], s != 1, e == frozenset(), e < s, frozenset() is frozenset([]), {1.0, True} == {1})
print(s.issubset([1, 2, 3, 4]), s.issuperset([1]), s.isdisjoint(t), s.isdisjoint([7]), e.isdisjoint(e))
print(1 in s, 9 in s, {1} in {frozenset([1])}, {1} in s, 'a' not in s, len(s), bool(e), bool(f))
u = set(s)
u |= t
u &= {1, 3, 4, 8}
u -= {1}
u ^= {3, 5}
print(u, s)
v = u
v |= {77}
print(u is v, u)
g = f
g |= {1}
print(g, f, g is f)
u.update([1], (2,), {3: 4}, 'a')
u.difference_update([1, 77], {2})
u.intersection_update({3, 4, 5, 'a'})
u.symmetric_difference_update([4, 6])
print(sorted(map(str, u)))
u.discard('zz')
u.discard({1})
u.remove('a')
u.clear()
print(u, set(), frozenset(), {1, (2, 3)} == {(2, 3), 1}, repr({'a'}), {None}, frozenset({'x'}))
a = {10}
print(a.pop(), a, set('aaa'), set((1, 1)), {*[1, 2], *(2, 3)}, {x % 3 for x in range(10)})
show(lambda: set().pop())
show(lambda: s.remove(99))
show(lambda: s.remove((1, 2)))
show(lambda: s.remove({5}))
show(lambda: s.remove([]))
show(lambda: s.add([]))
show(lambda: s.add({}))
show(lambda: s.add())
show(lambda: s.add(1, 2))
show(lambda: {1, []})
show(lambda: [] in s)
show(lambda: s | [1])
show(lambda: s - 1)
show(lambda: [1] & s)
show(lambda: s + s)
show(lambda: s * 2)
show(lambda: s < 1)
show(lambda: s < [1])
show(lambda: s[0])
show(lambda: s['a'])
show(lambda: hash(s))
show(lambda: set(1))
show(lambda: set(1, 2))
show(lambda: set(a=1))
show(lambda: frozenset(1, 2))
show(lambda: frozenset(a=1))
show(lambda: s.union(1))
show(lambda: s.intersection([[]]))
show(lambda: s.isdisjoint([[]]))
show(lambda: s.symmetric_difference())
show(lambda: s.issubset(1))
show(lambda: f.add(1))
show(lambda: s.nothing)
show(lambda: -s)
show(lambda: hash(frozenset([1, 2, 3])))
show(lambda: hash(frozenset()))
show(lambda: hash(frozenset([frozenset([1]), frozenset([1, 2]), (3, 4), -1, 10 ** 30])))
show(lambda: {frozenset([1, 2]): 'x'}[frozenset([2, 1])])
show(lambda: {1: 2, 3: 4}.keys() | s)


def assign():
    s[0] = 1


def delete():
    del s[0]


def delete_name():
    del s['a']


def grow():
    u = {1, 2, 3}
    for x in u:
        u.add(x + 10)


def shrink():
    u = {1, 2, 3}
    for x in u:
        u.discard(x)


def inplace():
    u = {1}
    u |= [2]


def inplace_frozen():
    u = frozenset([1])
    u -= [2]


for g in [assign, delete, delete_name, grow, shrink, inplace, inplace_frozen]:
    show(g)
it = iter({5})
print(type(it).__name__, it.__length_hint__(), next(it), it.__length_hint__(), list(it))
u = {1}
it = iter(u)
u.add(2)
show(next, it)
show(next, it)
print(it.__length_hint__())


class_of = type
print(class_of(s), class_of(f), isinstance(s, set), isinstance(f, set), issubclass(frozenset, object))


def hot(n):
    small = {2, 3, 5, 7}
    seen = set()
    count = 0
    for i in range(n):
        if i in {1, 4, 9, 16, 25}:
            count += 1
        if i % 11 in small and i not in seen:
            seen.add(i % 50)
        if i % 100 == 99:
            seen &= small | {i % 50 for i in range(i)}
    return count, len(seen), sorted(seen)[:5]


for n in (10, 300, 3000):
    print(hot(n))
