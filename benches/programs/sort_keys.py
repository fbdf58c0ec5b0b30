"""Sorting: with key functions, of tuples, of objects with __lt__, and three sorts written out."""
import timed
from operator import attrgetter, itemgetter


class Card:
    def __init__(self, suit, rank):
        self.suit = suit
        self.rank = rank

    def __lt__(self, other):
        if self.suit != other.suit:
            return self.suit < other.suit
        return self.rank < other.rank


def numbers(n):
    seed = 12345
    out = []
    for _ in range(n):
        seed = (seed * 1664525 + 1013904223) & 0xffffffff
        out.append(seed >> 7)
    return out


def quick(a):
    if len(a) <= 1:
        return a
    middle = a[len(a) // 2]
    return quick([x for x in a if x < middle]) + [x for x in a if x == middle] + quick([x for x in a if x > middle])


def merge(a):
    if len(a) <= 1:
        return a
    half = len(a) // 2
    left, right = merge(a[:half]), merge(a[half:])
    out = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            out.append(left[i])
            i += 1
        else:
            out.append(right[j])
            j += 1
    out.extend(left[i:])
    out.extend(right[j:])
    return out


def heap(a):
    a = a[:]
    n = len(a)

    def sink(i, n):
        while True:
            child = 2 * i + 1
            if child >= n:
                return
            if child + 1 < n and a[child] < a[child + 1]:
                child += 1
            if a[i] >= a[child]:
                return
            a[i], a[child] = a[child], a[i]
            i = child

    for i in range(n // 2 - 1, -1, -1):
        sink(i, n)
    for i in range(n - 1, 0, -1):
        a[0], a[i] = a[i], a[0]
        sink(0, i)
    return a


def work(n):
    raw = numbers(n)
    plain = sorted(raw)
    if not plain == quick(raw) == merge(raw) == heap(raw):
        raise AssertionError('a sort is wrong')
    last = sorted(raw, key=lambda x: (x % 1000, -x))
    rows = [(x % 17, str(x % 1000), x) for x in raw]
    rows.sort(key=itemgetter(1, 0), reverse=True)
    cards = [Card(x % 4, x // 4 % 13) for x in raw]
    by_rank = sorted(cards, key=attrgetter('rank'))
    cards.sort()
    return plain[n // 2], last[0], rows[0], [(c.suit, c.rank) for c in cards[:2]], by_rank[-1].suit


if __name__ == '__main__':
    timed.main('sort_keys', work, 12_000)
