# sort: stable, and robust against comparisons and keys that change the list or raise.
state = 5
def rnd(n):
    global state
    state = (state * 1103515245 + 12345) % 2**31
    return (state >> 8) % n
for n in (0, 1, 2, 3, 10, 31, 33, 65, 100):
    for kind in range(6):
        a = [(rnd(10), i) for i in range(n)]
        if kind == 1:
            a.sort()
        elif kind == 2:
            a.sort(reverse=True)
        elif kind == 3:
            a = [(i // 7, i) for i in range(n)]
        elif kind == 4:
            a = [(i % 3, i) for i in range(n)]
        elif kind == 5:
            a = [(-i if i % 50 else i, i) for i in range(n)]
        b = sorted(a, key=lambda p: p[0])
        assert all(x[0] < y[0] or x[0] == y[0] and a.index(x) < a.index(y) for x, y in zip(b[:40], b[1:41]))
        assert sorted(b) == sorted(a)
        c = sorted(a, key=lambda p: p[0], reverse=True)
        assert all(x[0] > y[0] or x[0] == y[0] and a.index(x) < a.index(y) for x, y in zip(c[:40], c[1:41]))
b = sorted(range(2000), key=[i % 7 for i in range(2000)].__getitem__)
assert all((x % 7, x) < (y % 7, y) for x, y in zip(b[:40], b[1:41]))
print("stable")

def attempt(name, f):
    try:
        print(name, f())
    except Exception as e:
        print(name, type(e).__name__, e)
def changing(change):
    L = [3, 1, 2, 5, 4] * 3
    class K:
        def __init__(self, v): self.v = v
        def __lt__(self, o):
            change(L)
            return self.v < o.v
    L[:] = [K(v) for v in L]
    n = len(L)
    try:
        L.sort()
        r = "sorted"
    except ValueError as e:
        r = e
    return r, len(L) == n, [k.v for k in L if isinstance(k, K)] == sorted([3, 1, 2, 5, 4] * 3)
for name, change in (("append", lambda L: L.append(1)), ("clear", lambda L: L.clear()), ("pop", lambda L: L and L.pop()), ("look", lambda L: len(L)), ("assign", lambda L: L.__setitem__(slice(None), [1])), ("del", lambda L: L.__delitem__(slice(None))), ("sort", lambda L: L.sort()), ("iadd", lambda L: L.__iadd__([1, 2])), ("insert and remove", lambda L: (L.insert(0, 9), L.remove(9))), ("reverse", lambda L: L.reverse()), ("extend", lambda L: L.extend([]))):
    attempt(name, lambda: changing(change))
def with_key(change):
    L = list(range(10, 0, -1))
    def key(v):
        change(L)
        return v
    try:
        L.sort(key=key)
        r = "sorted"
    except ValueError as e:
        r = e
    return r, L
for name, change in (("append", lambda L: L.append(1)), ("clear", lambda L: L.clear()), ("del", lambda L: L.__delitem__(slice(None))), ("nothing", lambda L: len(L)), ("length", lambda L: print(end="") if len(L) == 0 else 1 / 0)):
    attempt("key " + name, lambda: with_key(change))
class Bad:
    def __lt__(self, o): raise KeyError("no")
def fails():
    L = [3, 2, Bad(), 1]
    try:
        L.sort()
    except (KeyError, TypeError) as e:
        return type(e).__name__, len(L), sorted(type(x).__name__ for x in L)
attempt("raises", fails)
def key_fails():
    L = [3, 2, "x", 1]
    try:
        L.sort(key=lambda v: 1 / (v != "x"))
    except ZeroDivisionError as e:
        return L
attempt("key raises", key_fails)
class T:
    def __init__(self, L): self.L = L
    def __del__(self): self.L.append("died")
    def __lt__(self, o): return False
for bad in ([1, "a"], [None, None], [1j, 2j], [{}, {}], [[1], ["a"]], [(1, "a"), (1, 2)]):
    attempt(repr(bad), lambda: sorted(bad))
attempt("args", lambda: [].sort(1))
attempt("args", lambda: [].sort(cmp=1))
attempt("args", lambda: sorted([3, 1], reverse="x"))
attempt("args", lambda: sorted([3, 1], key=None, reverse=0))
attempt("args", lambda: sorted(5))
attempt("args", lambda: sorted([1, 2], key=5))
nan = float("nan")
print(sorted([3, nan, 1, 2, nan, 0]), sorted([1, 1.0, True, 0, False, 0.0]), sorted("bac"), sorted({3: 1, 1: 2}), sorted([b"b", b"a"]))
print(sorted([2**70, 1, -2**70, 3.5]), sorted([(1, 2), (1,), (), (1, 2, 0)]), sorted(["b", "a\u00e9", "a"]))
class Neg:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return NotImplemented
    def __gt__(self, o): return self.v > o.v
print([x.v for x in sorted([Neg(3), Neg(1), Neg(2)])])
class Truth:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return [1] if self.v < o.v else []
print([x.v for x in sorted([Truth(3), Truth(1), Truth(2)])])
