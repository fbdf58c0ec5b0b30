# The recursion limit is a number in native code: what is compiled before it changes goes by the new one after,
# be it larger or smaller, also where native frames wait while a callee changes it.
import sys


def tree(n):
    return n if n < 2 else tree(n - 1) + tree(n - 2)


def depth(n):
    return 0 if n == 0 else depth(n - 1) + 1


def deepest():
    # How many calls fit, by trying.
    low, high = 1, sys.getrecursionlimit() + 10
    while low + 1 < high:
        n = (low + high) // 2
        try:
            depth(n)
            low = n
        except RecursionError:
            high = n
    return low


for i in range(3000):
    depth(20)
tree(18)
at = deepest()
print(sys.getrecursionlimit() - at)
for limit in 300, 2000, 150, 1000, 5000, 400, 401, 400, 401, 400, 401, 400, 1000:
    sys.setrecursionlimit(limit)
    for i in range(300):
        depth(20)
    print(limit, limit - deepest(), tree(12))


def change(n, limit):
    if n == 0:
        sys.setrecursionlimit(limit)
        return 0
    return change(n - 1, limit) + 1


def twice(n, limit):
    # The first call changes the limit while this frame waits; the second goes as deep as it may.
    a = change(10, limit)
    try:
        return a + depth(n)
    except RecursionError:
        return -a


for limit in 1000, 200, 1000, 200, 3000, 200:
    for n in 150, 160, 185, 205, 900, 1100:
        sys.setrecursionlimit(1000)
        print(limit, n, twice(n, limit), end='; ')
    print()
