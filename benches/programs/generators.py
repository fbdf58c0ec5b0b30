"""Generators: a tree walked with `yield from`, a pipeline, values sent in, and a sieve of filters."""
import timed


class Node:
    def __init__(self, key):
        self.key = key
        self.left = self.right = None

    def insert(self, key):
        node = self
        while True:
            if key < node.key:
                if node.left is None:
                    node.left = Node(key)
                    return
                node = node.left
            else:
                if node.right is None:
                    node.right = Node(key)
                    return
                node = node.right

    def __iter__(self):
        if self.left is not None:
            yield from self.left
        yield self.key
        if self.right is not None:
            yield from self.right


def numbers(n):
    seed = 42
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) % 2147483648
        yield seed


def pairs(source):
    for a in source:
        b = next(source, None)
        if b is None:
            return
        yield a, b


def average():
    total = count = 0
    value = None
    while True:
        value = yield value
        total += value
        count += 1
        value = total // count


def primes():
    def count(n):
        while True:
            yield n
            n += 1

    def without(p, source):
        for k in source:
            if k % p:
                yield k

    source = count(2)
    while True:
        p = next(source)
        yield p
        source = without(p, source)


def work(n):
    tree = Node(1 << 30)
    for k in numbers(n):
        tree.insert(k)
    walked = 0
    for i, k in enumerate(tree):
        walked = (walked + i * k) % 1000003
    small = sum(a ^ b for a, b in pairs(x >> 8 for x in numbers(n * 4) if x & 1))
    mean = average()
    next(mean)
    last = 0
    for k in numbers(n * 2):
        last = mean.send(k % 1000)
    found = 0
    for p in primes():
        if p > n // 15:
            break
        found += p
    return walked, small, last, found


if __name__ == '__main__':
    timed.main('generators', work, 20_000)
