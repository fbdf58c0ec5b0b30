# copy: one level or all; cycles and shared parts, hooks of classes, __reduce_ex__, slots.
import copy

def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)

inner = [1, 2]
outer = [inner, inner, {'k': inner}]
s = copy.copy(outer)
d = copy.deepcopy(outer)
print(s == outer, s is outer, s[0] is inner, d == outer, d[0] is inner, d[0] is d[1], d[2]['k'] is d[0])
loop = [1]
loop.append(loop)
c = copy.deepcopy(loop)
print(c[1] is c, c is loop)
tup = (1, [2])
print(copy.copy(tup) is tup, copy.deepcopy(tup) is tup, copy.deepcopy((1, 'a', (2.5, None))) )

class Node:
    def __init__(self, v):
        self.v = v
        self.links = []
a, b = Node(1), Node(2)
a.links.append(b); b.links.append(a)
c = copy.deepcopy(a)
print(c is a, c.v, c.links[0].v, c.links[0].links[0] is c, copy.copy(a).links is a.links)

class Slots:
    __slots__ = 'x', 'y', '__dict__'
s = Slots(); s.x = [1]; s.z = 5
c = copy.deepcopy(s)
print(c.x, c.x is s.x, hasattr(c, 'y'), c.z)

class Stack(list):
    pass
s = Stack([1, [2]]); s.name = 'n'
c = copy.copy(s); e = copy.deepcopy(s)
print(type(c).__name__, c, c.name, c[1] is s[1], e, e.name, e[1] is s[1])
class Table(dict):
    pass
print(copy.copy(Table(a=1)), type(copy.deepcopy(Table(a=[1]))).__name__)

class Hooks:
    def __copy__(self): return 'copied'
    def __deepcopy__(self, memo): return 'deep', sorted(map(type, memo), key=str) == []
t(lambda: copy.copy(Hooks())); t(lambda: copy.deepcopy(Hooks())); t(lambda: copy.deepcopy([Hooks()]))
class State:
    def __init__(self): self.a, self.b = 1, 2
    def __getstate__(self): return {'a': self.a}
    def __setstate__(self, s): self.__dict__.update(s, restored=True)
t(lambda: copy.copy(State()).__dict__)
class Args:
    def __new__(cls, a, *, b=0):
        o = object.__new__(cls); o.ab = a, b; return o
    def __getnewargs_ex__(self): return (self.ab[0],), {'b': self.ab[1]}
t(lambda: copy.deepcopy(Args(1, b=[2])).ab)
class Single:
    def __reduce__(self): return 'single'
x = Single()
t(lambda: copy.copy(x) is x)
t(lambda: (copy.copy({1, 2}), copy.copy(range(3)), copy.copy(len) is len, copy.copy(Node) is Node))
t(lambda: copy.copy(i for i in ()))
t(lambda: copy.deepcopy({'f': t})['f'] is t)
