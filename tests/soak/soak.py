"""Allocates N objects of all kinds and lets them go: `soak.py N [LINES]` prints the memory of the process as it goes on.

Each part returns how many objects it made that are dead when it is over, or stay in a cache of fixed size. The last
line says what the finalisers and the callbacks of weak references saw: every one of what died.
"""
import gc
import sys
import weakref
from collections import OrderedDict, deque


class Node:
    def __init__(self, value):
        self.value = value
        self.other = None


class Slotted:
    __slots__ = ('left', 'right', '__weakref__')


class Final:
    made = died = 0

    def __init__(self):
        Final.made += 1
        self.me = self

    def __del__(self):
        Final.died += 1


class Failure(Exception):
    pass


def cycles(n):
    for i in range(n):
        a, b = Node(i), Node(-i)
        a.other, b.other = b, a
        ring = [a]
        ring.append({'ring': ring})
    return n * 6


def trees(n):
    def tree(depth):
        t = Slotted()
        t.left, t.right = (tree(depth - 1), tree(depth - 1)) if depth else (None, None)
        return t
    for _ in range(n):
        tree(6)
    return n * 127


def closures(n):
    total = 0
    for i in range(n):
        count = i

        def add(k):
            nonlocal count
            count += k
            return me
        me = add
        total += me(i)(i) is add
    return n * 4


def generators(n):
    def numbers(k):
        try:
            while True:
                yield [k]
                k += 1
        finally:
            closed.append(k)

    def outer(k):
        mine = yield from numbers(k)
        return mine
    closed = deque(maxlen=3)
    kept = []
    for i in range(n):
        g = outer(i)
        next(g)
        next(g)
        kept.append(g)
        if len(kept) == 50:
            kept[0].close()
            kept = []
        sum(x * x for x in (i, 1))
    return n * 9


def weak_references(n, cache={}, seen=[0, 0]):
    def gone(_):
        seen[0] += 1
    references = deque(maxlen=100)
    for i in range(n):
        node = Node(i)
        node.other = node
        references.append(weakref.ref(node, gone))
        cache[i % 500] = references[-1]
        if i % 16 == 0:
            seen[1] += sum(r() is not None for r in references)
    return n * 3


def weak_dictionaries(n, cache=weakref.WeakValueDictionary()):
    for i in range(n):
        cache[i % 500] = Node(i)
    return n * 2


def finalisers(n):
    for _ in range(n):
        Final()
    return n


def exceptions(n):
    def fail(depth):
        if depth:
            fail(depth - 1)
        raise Failure(depth)
    for i in range(n):
        try:
            try:
                fail(3)
            except Failure as e:
                kept = e
                raise ValueError([i]) from e
        except ValueError as e:
            kept = e
    return n * 12


def containers(n):
    recent = OrderedDict()
    text = ''
    for i in range(n):
        recent[str(i)] = (i, [i] * (i % 40), {i: i + 0.5}, {i})
        if len(recent) > 200:
            recent.popitem(last=False)
        text = text[-100:] + '%d,' % i
        big = 1 << (i % 400)
    return n * 9 + (big > 0) + len(text) // 1000


def classes(n):
    for i in range(n):
        made = type('Made%d' % (i % 7), (Node,), {'number': i, 'get': lambda self: self.number})
        thing = made(i)
        if thing.get() != i:
            raise SystemExit('a class is wrong')
        exec('def f(x): return x + %d' % (i % 3), {})
    return n * 12


def methods(n):
    node = Node(0)
    for i in range(n):
        bound = [node.__init__, node.__eq__, map(str, (i,)), zip((i,)), iter([i]), slice(i), range(i, i + 300), b'%d' % i]
        bound.append(bound)
    return n * 14


PARTS = [(cycles, 2000), (trees, 60), (closures, 2000), (generators, 1000), (weak_references, 2000), (weak_dictionaries, 2000),
         (finalisers, 300), (exceptions, 500), (containers, 1000), (classes, 20), (methods, 800)]


def memory():
    """MiB that are resident."""
    with open('/proc/self/statm') as f:
        return int(f.read().split()[1]) * 4096 / 2**20


def main(total, lines):
    made = 0
    for line in range(1, lines + 1):
        while made < total * line // lines:
            for part, n in PARTS:
                made += part(n)
        print('%d objects, %.1f MiB' % (made, memory()))
        sys.stdout.flush()
    gc.collect()
    weak_references(1)
    gc.collect()
    print('finalised %.3f of what was made, weak references alive when asked: %s' % (
        Final.died / Final.made, weak_references.__defaults__[1][1] > 0))


main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000_000, int(sys.argv[2]) if len(sys.argv) > 2 else 50)
