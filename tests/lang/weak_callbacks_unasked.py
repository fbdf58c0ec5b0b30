# Callbacks of weak references are called though nobody calls gc.collect(), and what runs them is let go.
import sys
import weakref


class Node:
    def __init__(self):
        self.me = [0] * 40


class Gone:
    def __init__(self):
        self.me = self.called

    def called(self, reference):
        seen[0] += 1
        self.me = None


def until(test):
    for _ in range(300000):
        Node()
        if test():
            return True
    return False


seen = [0]
references = []
for i in range(20):
    node = Node()
    references.append(weakref.ref(node, Gone().called))
del node
print(until(lambda: seen[0] >= 19))
print(sum(r() is None for r in references) >= 19)

# What the module makes of them: tables whose entries go, finalisers.
values = weakref.WeakValueDictionary()
for i in range(20):
    values[i] = Node()
print(until(lambda: len(values.data) <= 1))
keys = weakref.WeakKeyDictionary()
for i in range(20):
    keys[Node()] = i
print(until(lambda: len(keys.data) <= 1))
many = weakref.WeakSet()
for i in range(20):
    many.add(Node())
print(until(lambda: len(many.data) <= 1))
said = []
for i in range(20):
    weakref.finalize(Node(), said.append, i)
print(until(lambda: len(said) >= 19))


# What a callback raises is printed and does not disturb who is interrupted by it; nor does what it handles.
def raises(reference):
    try:
        raise KeyError(1)
    except KeyError:
        handled.append(sys.exc_info()[0])


handled = []
nodes = [Node() for _ in range(20)]
references = [weakref.ref(n, raises) for n in nodes]
try:
    raise ValueError('mine')
except ValueError as e:
    nodes.clear()
    print(until(lambda: len(handled) >= 19), sys.exc_info()[1] is e)
print(sys.exc_info(), set(handled))


# A callback that collects, and makes what has callbacks itself.
def again(reference):
    import gc
    depth.append(len(depth))
    if len(depth) < 5:
        kept.append(weakref.ref(Node(), again))
        gc.collect()


depth, kept = [], []
kept += [weakref.ref(n, again) for n in [Node() for _ in range(10)]]
print(until(lambda: len(depth) >= 5))
