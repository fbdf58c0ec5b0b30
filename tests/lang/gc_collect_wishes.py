# gc.collect() is done when what it found is gone, also what had a finaliser.
import gc
import weakref


class Node:
    died = 0

    def __del__(self):
        Node.died += 1


def made(n):
    nodes = [Node() for _ in range(n)]
    for node in nodes:
        node.me = node
    return [weakref.ref(node) for node in nodes]


references = made(50)
made(1)
gc.collect()
print(sum(r() is None for r in references) >= 48, Node.died >= 48)


# Who comes back has had its finaliser, and dies silently.
class Back:
    kept = []

    def __del__(self):
        Back.kept.append(self)


for i in range(50):
    Back()
gc.collect()
print(len(Back.kept) >= 48)
n = len(Back.kept)
references = [weakref.ref(b) for b in Back.kept]
Back.kept.clear()
made(1)
gc.collect()
print(sum(r() is None for r in references) >= n - 2, len(Back.kept) <= 2)
