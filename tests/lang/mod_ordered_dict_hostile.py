# OrderedDict and defaultdict: changes while iterating, derived classes whose methods count, order
# under many moves, recursion in repr, factories that change the dict.
from collections import Counter, OrderedDict, defaultdict, namedtuple
import copy

for name, act in {
    "set": lambda o: o.__setitem__("z", 1),
    "same": lambda o: o.__setitem__("a", 5),
    "pop": lambda o: o.popitem(),
    "move": lambda o: o.move_to_end("a"),
    "clear": lambda o: o.clear(),
}.items():
    for view in (iter, reversed, lambda o: o.items(), lambda o: reversed(o.values())):
        o = OrderedDict(a=1, b=2, c=3)
        seen = []
        try:
            for x in view(o):
                seen.append(x)
                act(o)
        except Exception as e:
            seen.append((type(e).__name__, str(e)))
        print(name, seen)


class Loud(OrderedDict):
    def __setitem__(self, k, v):
        print("set", k)
        super().__setitem__(k, v)

    def __delitem__(self, k):
        print("del", k)
        super().__delitem__(k)

    def __getitem__(self, k):
        print("get", k)
        return super().__getitem__(k)

    def items(self):
        print("items")
        return super().items()


o = Loud(a=1, b=2, c=3)
o.note = "n"
print(o)
print(o.pop("a"), o.popitem(), o.popitem(last=False), o.setdefault("q", 3), o.setdefault("q", 4))
print(o.copy(), copy.copy(o), o.__reduce__()[:4], vars(o))
o.update({"r": 1}, s=2)
print(dict.__repr__(o), o == OrderedDict(q=3, r=1, s=2), o == OrderedDict(r=1, q=3, s=2))

o = OrderedDict((i, -i) for i in range(100))
seed = 3
order = list(range(100))
for _ in range(300):
    seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    k, last = order[(seed >> 8) % len(order)], bool(seed >> 7 & 1)
    order.remove(k)
    if seed & 0x300 == 0x300:
        assert o.pop(k) == -k
    else:
        o.move_to_end(k, last)
        order.insert(len(order) if last else 0, k)
    assert len(o) == len(order)
assert list(o) == order and list(reversed(o)) == order[::-1]
assert [o[k] for k in order] == [-k for k in order]
while order:
    assert o.popitem(last=False)[0] == order.pop(0)
    if order:
        assert o.popitem()[0] == order.pop()
print(o, len(o))

o = OrderedDict()
o["self"] = o
o["view"] = o.keys()
print(o)
d = defaultdict(list)
d["self"] = d
print(d)


class Missing(defaultdict):
    def __missing__(self, key):
        return f"no {key}"


print(Missing(int)[3], len(Missing(int)), Missing(int, a=1)["a"])


def factory():
    grows[len(grows)] = 0
    return "made"


grows = defaultdict(factory)
print(grows["x"], dict(grows))
for bad in (lambda: defaultdict(3), lambda: defaultdict()["k"], lambda: OrderedDict().popitem(),
            lambda: OrderedDict().move_to_end(1), lambda: OrderedDict([1]), lambda: hash(o)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)


class Count(Counter):
    def __setitem__(self, k, v):
        super().__setitem__(k, v * 2)


print(Counter("abca"), Count("abca"), sorted(Counter({1: 2.5}).items()))
P = namedtuple("P", "x y")
print(P.x.__get__(None, P) is P.x, P.__dict__["y"].__reduce__()[1])
for bad in (lambda: setattr(P(1, 2), "x", 1), lambda: P.x.__get__(3), lambda: P.y.__get__((1,))):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
