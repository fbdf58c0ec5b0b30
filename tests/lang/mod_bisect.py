# bisect: both sides, ranges, and where insertion puts equal items.
import bisect

a = [1, 3, 3, 3, 7, 9]
print([bisect.bisect_left(a, x) for x in range(11)])
print([bisect.bisect_right(a, x) for x in range(11)], bisect.bisect(a, 3))
print(bisect.bisect_left(a, 3, 2), bisect.bisect_right(a, 3, 0, 2), bisect.bisect(a, 0, lo=3, hi=4))
b = []
for x in (5, 1, 4, 1, 3, 9, 2):
    bisect.insort(b, x)
print(b)


class Item:
    def __init__(self, key, tag):
        self.key, self.tag = key, tag

    def __lt__(self, other):
        return self.key < other.key

    def __repr__(self):
        return '%d%s' % (self.key, self.tag)


items = [Item(1, 'a'), Item(2, 'a'), Item(3, 'a')]
bisect.insort_left(items, Item(2, 'L'))
bisect.insort_right(items, Item(2, 'R'))
print(items)


def grade(score, points=(60, 70, 80, 90), letters='FDCBA'):
    return letters[bisect.bisect(points, score)]


print([grade(s) for s in (33, 99, 77, 70, 89, 90, 100)])


class Lazy:
    # Only what is asked for is ever made.
    def __init__(self):
        self.asked = []

    def __len__(self):
        return 10 ** 6

    def __getitem__(self, i):
        self.asked.append(i)
        return i * i


lazy = Lazy()
print(bisect.bisect_left(lazy, 1000), len(lazy.asked))
for f in (lambda: bisect.bisect([1], 1, -1), lambda: bisect.insort(5, 1), lambda: bisect.bisect(['a'], 1),
          lambda: bisect.bisect([1, 2], 1, 0, 10)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
