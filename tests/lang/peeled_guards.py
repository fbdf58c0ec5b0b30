# A function that calls itself twice with floats, called with an int from outside: its leaves are tested at the
# call. Ints that come by, subclasses and words among the arguments take the call itself.
def tree(x):
    return x if x < 2.0 else tree(x - 1.0) + tree(x - 2.0)


for start in (20, 20.0, 21, 1, 0.5, -1e308, float('nan'), float('inf')):
    try:
        print(start, tree(start))
    except RecursionError as e:
        print(start, type(e).__name__)


class Odd(float):
    def __sub__(self, other):
        return Odd(float(self) - other)

    def __lt__(self, other):
        global compared
        compared += 1
        return float(self) < other


compared = 0
print(tree(Odd(15.0)), compared)


def pair(x, y):
    # The second argument is passed as it came: no box.
    if y < 0:
        return x
    if x < 1.5:
        return y
    return pair(x - 1.0, y) + pair(x - 2.0, y)


print(pair(18, 3), pair(18.0, 3), pair(18.5, 2.5), pair(17, True), pair(3.0, -1))


def ints(n, k):
    if n < 2:
        return k
    return ints(n - 1, k + 1) + ints(n - 2, k - n)


print(ints(18, 0), ints(18, 0.5), ints(10, 2 ** 62), ints(18.0, 1))
try:
    print(ints(16, None))
except TypeError as e:
    print(e)


def counts(n):
    if n == 0.0:
        return True
    if n == 1.0:
        return False
    return counts(n - 1.0) if n > 9.0 else counts(n - 1.0) + counts(n - 2.0)


for n in (15, 15.0, 9, 9.0, 3):
    print(counts(n))
