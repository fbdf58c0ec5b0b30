# heapq, bisect: comparisons that change the list or raise, lists of derived classes, order of questions.
import bisect
import heapq

FUNCTIONS = [heapq.heapify, heapq.heappop, lambda h: heapq.heappush(h, X("new")),
             lambda h: heapq.heappushpop(h, X("z")), lambda h: heapq.heapreplace(h, X("z")),
             heapq._heapify_max, heapq._heappop_max, lambda h: heapq._heapreplace_max(h, X("z"))]


class X:
    act = staticmethod(lambda: None)

    def __init__(self, name):
        self.name = name

    def __lt__(self, other):
        X.act()
        return self.name < other.name

    def __repr__(self):
        return self.name


def fail():
    raise KeyError("lt")


for act in ("heap.clear()", "heap.append(X('q'))", "heap.pop()", "heap.__setitem__(0, X('s'))", "fail()"):
    for i, f in enumerate(FUNCTIONS):
        heap = [X(c) for c in "hgfedcba"]
        X.act = staticmethod(lambda: eval(act))
        try:
            f(heap)
            out = "done"
        except Exception as e:
            out = f"{type(e).__name__}: {e}"
        X.act = staticmethod(lambda: None)
        print(act, i, out, len(heap))

asked = []


class Asked(int):
    def __lt__(self, other):
        asked.append((int(self), int(other)))
        return int(self) < int(other)


h = [Asked(n) for n in (5, 3, 8, 1, 9, 2)]
heapq.heapify(h)
print(asked, h)
asked.clear()
print(heapq.heappop(h), heapq.heappushpop(h, Asked(4)), heapq.heapreplace(h, Asked(0)), h, asked)
asked.clear()
print(bisect.bisect(sorted(h), Asked(4)), bisect.bisect_left(sorted(h), Asked(4)), len(asked))


class L(list):
    def insert(self, i, x):
        print("insert", i, x)
        super().insert(i, x)

    def __getitem__(self, i):
        print("get", i)
        return super().__getitem__(i)


l = L([1, 3, 5])
bisect.insort(l, 4)
bisect.insort_left(l, 3)
heapq.heappush(l, 0)
print(list(l))


class Seq:
    def __len__(self):
        return 10

    def __getitem__(self, i):
        return i * i


print(bisect.bisect(Seq(), 30), bisect.bisect_left(Seq(), 36), bisect.bisect_right(Seq(), 36, 2, 5))
for bad in ("heapq.heappush((), 1)", "heapq.heappop([])", "heapq.heapreplace([], 1)",
            "heapq.heappushpop([], 1)", "heapq.heappop()", "heapq.heappush([])", "heapq.heapify(3)",
            "bisect.bisect()", "bisect.bisect([1], 1, -1)", "bisect.bisect([1], 'a')",
            "bisect.bisect(3, 1)", "bisect.insort([1], 1, x=2)", "bisect.bisect([1, 2], 1, lo='a')",
            "bisect.bisect_left(a=[1, 2, 2], x=2, lo=0, hi=2)", "bisect.insort((1,), 3)"):
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, type(e).__name__, e)
n, seed = [], 1
for _ in range(2000):
    seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
    heapq.heappush(n, seed >> 8)
assert [heapq.heappop(n) for _ in range(2000)] == sorted(seed for seed in n) or not n
print(heapq.nsmallest(3, [5, 1, 4, 2]), heapq.nlargest(2, "hello"), list(heapq.merge([1, 4], [2, 3])))


class Back(str):
    def __lt__(self, other):
        return str(self) > str(other)


print(sorted([Back("a"), Back("c"), Back("b")]), heapq.nsmallest(2, [Back("a"), Back("c"), Back("b")]))
