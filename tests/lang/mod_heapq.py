# heapq: heaps, what is equal stays in order, merging, the least and the greatest.
import heapq

h = []
for x in (5, 3, 8, 1, 9, 2):
    heapq.heappush(h, x)
print(h, heapq.heappop(h), h)
print(heapq.heappushpop(h, 0), heapq.heappushpop(h, 4), heapq.heapreplace(h, 7), h)
x = list(range(20, 0, -1))
heapq.heapify(x)
print(x, [heapq.heappop(x) for _ in range(20)], x)
print(list(heapq.merge([1, 4, 7], [2, 4, 6], [], [0])))
print(list(heapq.merge('cba', 'fd', reverse=True)), list(heapq.merge(['a', 'bb'], ['CCC'], key=len)))
words = 'the quick brown fox jumps over the lazy dog'.split()
print(heapq.nsmallest(3, words), heapq.nlargest(3, words, key=len), heapq.nsmallest(1, words, len))
print(heapq.nlargest(0, words), heapq.nsmallest(99, [3, 1, 2]), heapq.nlargest(2, iter([])), heapq.nsmallest(-1, [1]))


class Job:
    def __init__(self, name, cost):
        self.name = name
        self.cost = cost

    def __lt__(self, other):
        return self.cost < other.cost


jobs = [Job(n, c) for n, c in zip('abcdef', (3, 1, 2, 1, 3, 2))]
print([j.name for j in heapq.nsmallest(4, jobs)], [j.name for j in heapq.nlargest(4, jobs)])
heapq.heapify(jobs)
print([heapq.heappop(jobs).cost for _ in range(6)])


def primes():
    # A heap of the next composites.
    composites = []
    n = 2
    while True:
        if composites and composites[0][0] == n:
            while composites[0][0] == n:
                c, p = composites[0]
                heapq.heapreplace(composites, (c + p, p))
        else:
            yield n
            heapq.heappush(composites, (n * n, n))
        n += 1


g = primes()
print([next(g) for _ in range(15)])
for f in (lambda: heapq.heappop([]), lambda: heapq.heapreplace([], 1), lambda: heapq.heappush((), 1),
          lambda: heapq.heapify(5), lambda: heapq.heapify([1, 'a'])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
