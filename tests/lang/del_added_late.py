# A finaliser that a class gets when it has instances is theirs, too.
import gc
class Late: pass
class Sub(Late): pass
objs = [Late() for i in range(20)] + [Sub() for i in range(20)]
dead = []
Late.__del__ = lambda self: dead.append(type(self).__name__)
objs.clear(); gc.collect()
import collections
c = collections.Counter(dead)
print(c['Late'] >= 19, c['Sub'] >= 19)
objs = [Late() for i in range(20)]
dead.clear()
Late.__del__ = lambda self: dead.append(1)
objs.clear(); gc.collect(); print(len(dead) >= 19)
objs = [Late() for i in range(20)]
dead.clear()
del Late.__del__
objs.clear(); gc.collect(); print(dead)
class P: pass
class Q(P): pass
objs = [Q() for i in range(20)]
class W:
    def __del__(self): dead.append('w')
Q.__bases__ = (W,) if 0 else Q.__bases__
class R(P): pass
objs2 = [R() for i in range(20)]
class T(P):
    def __del__(self): dead.append('t')
for o in objs2: o.__class__ = T
objs2.clear(); o = None; gc.collect(); print(len(dead) >= 19)
