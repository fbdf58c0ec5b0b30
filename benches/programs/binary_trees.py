"""Trees made and dropped: long-lived and short-lived ones."""
import timed


class Tree:
    def __init__(self, left, right):
        self.left = left
        self.right = right

    def count(self):
        if self.left is None:
            return 1
        return 1 + self.left.count() + self.right.count()


def make(depth):
    if depth == 0:
        return Tree(None, None)
    return Tree(make(depth - 1), make(depth - 1))


def work(n):
    kept = make(n)
    total = make(n + 1).count()
    for depth in range(4, n + 1, 2):
        for _ in range(1 << (n - depth + 2)):
            total += make(depth).count()
    return total, kept.count()


if __name__ == '__main__':
    timed.main('binary_trees', work, 14)
