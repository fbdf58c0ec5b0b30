# Copies of a function's end for those who know a branch in it: numbers that are exactly known there, sums that
# overflow into big ints there, ways through `and`, `or` and flags, floats, negative numbers and bools.
BIG = 2 ** 62


def tree(n):
    if n < 2:
        return n
    return tree(n - 1) + tree(n - 2)


def big(n):
    return BIG if n < 2 else big(n - 1) + big(n - 2)


def two(n):
    if n == 0:
        return 0
    if n == 1:
        return 1
    return two(n - 1) + two(n - 2)


def up(n):
    if n > 9:
        return n
    return up(n + 1) + up(n + 2)


def flags(n, m):
    known = False
    if n < 3:
        known = True
        m = m + n
    else:
        m = m * 2
    if known and n < 5:
        m += 1
    if n < 3 or m > 100:
        return m - 1
    if not known:
        return -m
    return m


def least(n):
    # From the least number on nothing can be taken away.
    if n < -2 ** 63 + 3:
        return 1
    return least(n - 2) + least(n - 3)


def end(n):
    # Known to be at the end, and one more is beyond it.
    if n == -2 ** 63:
        m = 1
    else:
        m = 2
    if n == -2 ** 63:
        return n - m
    return n + m


class Many:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n < other

    def __sub__(self, other):
        return Many(self.n - other)

    def __add__(self, other):
        return self.n + (other.n if isinstance(other, Many) else other)

    __radd__ = __add__


def run():
    out = []
    for n in range(13):
        out.append((tree(n), big(n), two(n), up(n)))
    for n in range(-2, 8):
        out.append((end(n), end(n - 2 ** 63 + 2), flags(n, n), flags(n, 60), flags(n, -1)))
    return out


for i in range(12):
    last = run()
for row in last:
    print(row)
print(tree(-3), tree(True), tree(2.5), tree(5.0), tree(-2 ** 70), up(2 ** 70))
print(tree(Many(6)), [least(-2 ** 63 + k) for k in range(-3, 12)])
for wrong in ('x', None):
    try:
        print(tree(wrong))
    except TypeError as e:
        print(e, e.__traceback__.tb_next.tb_lineno)
try:
    two(-1)
except RecursionError as e:
    print(e)
