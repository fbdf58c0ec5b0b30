# yield from, hot and deep: recursion over a tree, chains of delegates, what a delegate returns.
import sys


class Node:
    def __init__(self, left, value, right):
        self.left, self.value, self.right = left, value, right

    def __iter__(self):
        if self.left is not None:
            yield from self.left
        yield self.value
        if self.right is not None:
            yield from self.right


def build(lo, hi):
    if lo >= hi:
        return None
    mid = (lo + hi) // 2
    return Node(build(lo, mid), mid, build(mid + 1, hi))


tree = build(0, 120)
for _ in range(4):
    print(sum(tree), list(tree) == list(range(120)))


def chain(depth, n):
    if depth == 0:
        for i in range(n):
            got = yield i
            if got:
                return got
        return 'end'
    r = yield from chain(depth - 1, n)
    return (r, depth) if depth % 10 == 0 else r


def run(it, n, what):
    next(it)
    try:
        for _ in range(n):
            it.send(None)
        it.send(what)
    except StopIteration as e:
        return e.value


print(run(chain(20, 1000), 300, 'stop'))
print(run(chain(20, 300), 300, None))


# Delegates that are no generators.
def over(x):
    r = yield from x
    return r


class It:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        self.n -= 1
        if self.n < 0:
            raise StopIteration('value')
        return self.n

    def send(self, v):
        return ('sent', v)

    def throw(self, *e):
        return ('thrown', e[0])

    def close(self):
        print('closed', self.n)


def all_of():
    for k in range(3):
        r = yield from over(range(200))
        r = yield from over([r, 'x'])
        r = yield from over(It(150))
        yield r


out = list(all_of())
print(len(out), out[200:203], out[-1])
it = over(It(1000))
for _ in range(300):
    next(it)
print(it.send(5), it.throw(ValueError), it.gi_yieldfrom is not None)
it.close()


def raising(depth):
    if depth == 0:
        for i in range(400):
            if i == 350:
                raise LookupError('deep')
            yield i
    else:
        try:
            yield from raising(depth - 1)
        except LookupError as e:
            if depth == 5:
                raise KeyError(depth)
            raise


got = 0
try:
    for x in raising(10):
        got += 1
except KeyError as e:
    n, tb = 0, e.__traceback__
    while tb:
        n, tb = n + 1, tb.tb_next
    print(got, repr(e), repr(e.__context__), n)


# The depth of recursion is what it is, native or not.
def down(n):
    yield n
    yield from down(n + 1)


sys.setrecursionlimit(150)
for _ in range(6):
    deepest = 0
    try:
        for x in down(0):
            deepest = x
    except RecursionError as e:
        print(deepest, e)
