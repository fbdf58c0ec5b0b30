# Instances of classes derived from weakref.ref let go of what they refer to.
import gc, weakref
class R(weakref.ref):
    __slots__ = ('k',)
    def __new__(cls, o, *rest):
        self = weakref.ref.__new__(cls, o)
        self.k = 1
        return self
class S(weakref.ref):
    pass
class A:
    pass
def made(n):
    if n:
        return made(n - 1)
    a = A()
    return R(a), S(a, lambda r: log.append(type(r).__name__)), weakref.ref(a)
log = []
r, s, t = made(20)
def clean(n):
    return clean(n - 1) if n else gc.collect()
for i in range(3):
    clean(30)
a = A()
x = R(a)
y = R(a)
print(x() is a, x.k, x == y, x is y, weakref.ref(a) is weakref.ref(a), type(x).__name__)
print(weakref.ref(a) is x, len(weakref.getweakrefs(a)) >= 2, s.__callback__ is None or s() is not None)
