# Attributes, methods, properties, slots and calls of classes in hot loops, changed in mid-flight.
import sys
# caches and invalidation in hot loops
class A:
    k = 1
    def f(self): return self.k
def hot(o, n):
    t = 0
    for i in range(n):
        t += o.f()
    return t
a = A()
print(hot(a, 3000)); A.k = 2; print(hot(a, 3000)); a.k = 5; print(hot(a, 3000))
A.f = lambda self: 100; print(hot(a, 3000)); a.f = lambda: 7; print(hot(a, 3000))
class P:
    def __init__(self, x, y): self.x = x; self.y = y
    def dist(self, o): return abs(self.x - o.x) + abs(self.y - o.y)
def walk(n):
    pts = [P(i, i * 2) for i in range(n)]
    t = 0
    for i in range(n - 1):
        t += pts[i].dist(pts[i + 1])
    return t
print(walk(5000))
class Node:
    def __init__(self, v, nxt=None): self.v = v; self.nxt = nxt
def build(n):
    h = None
    for i in range(n): h = Node(i, h)
    return h
def total(h):
    t = 0
    while h is not None:
        t += h.v
        h = h.nxt
    return t
print(total(build(10000)))
# instances with many shapes
class Bag: pass
def fill(n):
    b = Bag()
    for i in range(n): setattr(b, 'a%d' % i, i)
    return sum(getattr(b, 'a%d' % i) for i in range(n)), len(b.__dict__)
print(fill(5), fill(100), fill(1000))
# tracebacks through classes
import traceback
class T:
    def go(self): return self.deep()
    def deep(self): raise ValueError('x')
try: T().go()
except ValueError:
    t = sys.exc_info()[2]; names = []
    while t: names.append(t.tb_frame.f_code.co_name); t = t.tb_next
    print(names)
# generators in classes
class G:
    def __init__(self, n): self.n = n
    def __iter__(self):
        for i in range(self.n): yield i * self.n
print(list(G(4)), sum(G(100)), max(x for x in G(5)))
# class in a loop
def mk(n):
    out = []
    for i in range(n):
        class C:
            v = i
            def get(self): return self.v + i
        out.append(C())
    return sum(o.get() for o in out)
print(mk(300))
# super in hot methods
class S1:
    def m(self, x): return x + 1
class S2(S1):
    def m(self, x): return super().m(x) + 1
s = S2(); t = 0
for i in range(3000): t += s.m(i)
print(t)
# exceptions as classes in hot loops
class MyE(Exception):
    def __init__(self, n): self.n = n
def thrower(n):
    t = 0
    for i in range(n):
        try:
            raise MyE(i)
        except MyE as e:
            t += e.n
    return t
print(thrower(3000))
# comparison chains, sorted with keys, min/max over objects
class O:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return 'O%d' % self.v
print(sorted([O(3), O(1), O(2)]), min(O(5), O(4)), max([O(1), O(9)], key=lambda o: -o.v))
# dict/set keys
class K:
    def __init__(self, v): self.v = v
    def __hash__(self): return 1
    def __eq__(self, o): return self.v == o.v
d = {K(i): i for i in range(20)}; print(d[K(7)], K(3) in d, len({K(1), K(1), K(2)}))
class Unh:
    def __eq__(self, o): return True
try: {Unh(): 1}
except TypeError as e: print(e)
# properties in hot loops
class Pr:
    def __init__(self): self.c = 0
    @property
    def v(self): self.c += 1; return self.c
    @v.setter
    def v(self, x): self.c = x
p = Pr(); t = 0
for i in range(2000):
    t += p.v
    if i % 100 == 0: p.v = 0
print(t)
# slots in hot loops
class Sl:
    __slots__ = ('a', 'b')
    def __init__(self): self.a = 1; self.b = 2
def sl(n):
    o = Sl()
    for i in range(n): o.a, o.b = o.b, o.a + i
    return o.a, o.b
print(sl(3000))
# class with __getattr__ in loops
class D:
    def __getattr__(self, n): return len(n)
d = D(); print(sum(d.abc + d.de for i in range(1000)))
# callable instances
class Cb:
    def __init__(self): self.n = 0
    def __call__(self, x, y=1): self.n += x * y; return self.n
cb = Cb()
for i in range(1000): cb(i, y=2)
print(cb.n, list(map(Cb(), [1, 2, 3])))
