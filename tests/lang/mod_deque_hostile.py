# deque: comparisons that change it, derived classes, cycles through it, every end against a list.
from collections import deque
import copy
import gc
import weakref


class Evil:
    def __init__(self, act):
        self.act = act

    def __eq__(self, other):
        self.act()
        return False


for name in ("count", "index", "remove", "__contains__"):
    for act in ("d.clear()", "d.append(1)", "d.rotate(1)", "d[0] = 5", "None"):
        d = deque([1, Evil(lambda: eval(act) if "=" not in act else d.__setitem__(0, 5)), 3, 4])
        try:
            print(name, act, getattr(d, name)(99))
        except Exception as e:
            print(name, act, type(e).__name__, e)


class Named(deque):
    def __init__(self, items=(), most=None):
        super().__init__(items, most)
        self.name = "n"

    def append(self, x):
        print("append", x)
        super().append(x)


n = Named([1, 2], 3)
n.append(3)
n.append(4)
n.extra = [n]
print(n, n.name, len(n), n.maxlen, n * 2, n + deque([9]), list(reversed(n)))
for c in (copy.copy(n), n.copy()):
    print(type(c).__name__, c, c.maxlen)
print(deque([1, [2]], 5).__reduce__()[:3])


class Bad(deque):
    def __new__(cls, *args):
        return [] if args else super().__new__(cls)


b = Bad()
b.append(1)
try:
    b.copy()
except TypeError as e:
    print(e)


class Node:
    pass


def cycle():
    x = Node()
    x.d = deque([x])
    x.d.append(x.d)
    q = Named([x])
    x.q = q
    return weakref.ref(x), weakref.ref(x.d), weakref.ref(q)


refs = [cycle() for _ in range(50)]
gc.collect()
# What the machine's stack still shows may live a little longer.
print(all(sum(r[i]() is not None for r in refs) < 5 for i in range(3)))

d = deque([1, 2, 3])
it = iter(d)
next(it)
d.append(4)
for _ in range(2):
    try:
        next(it)
    except RuntimeError as e:
        print(e, it.__length_hint__())
for op in ("d += 5", "d *= 'a'", "d + [1]", "d[1:]", "d['a']", "d[9]", "del d[-9]", "d < [1]"):
    try:
        exec(op)
    except Exception as e:
        print(op, type(e).__name__, e)

seed = 7
items, d = [], deque()


def rand(n):
    global seed
    seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    return (seed >> 8) % n


for step in range(300):
    k = rand(10)
    if k == 0:
        d.append(step)
        items.append(step)
    elif k == 1:
        d.appendleft(step)
        items.insert(0, step)
    elif k == 2 and items:
        assert d.pop() == items.pop()
    elif k == 3 and items:
        assert d.popleft() == items.pop(0)
    elif k == 4 and items:
        n = rand(40) - 20
        d.rotate(n)
        n %= len(items)
        items = items[-n:] + items[:-n] if n else items
    elif k == 5:
        i = rand(60) - 30
        d.insert(i, step)
        items.insert(i, step)
    elif k == 6 and items:
        i = rand(len(items))
        del d[i]
        del items[i]
    elif k == 7 and items:
        i = rand(2 * len(items)) - len(items)
        d[i] = step
        items[i] = step
    elif k == 8:
        d.extend((step, step))
        items += [step, step]
    elif k == 9:
        d.reverse()
        items.reverse()
    assert list(d) == items and list(reversed(d)) == items[::-1]
print(len(d), sum(d))
