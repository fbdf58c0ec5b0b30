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
Q.__bases__ = (W,)
dead.clear(); objs.clear(); gc.collect(); print(len(dead) >= 19, set(dead))
dead.clear()
class R(P): pass
objs2 = [R() for i in range(20)]
class T(P):
    def __del__(self): dead.append('t')
for o in objs2: o.__class__ = T
objs2.clear(); o = None; gc.collect(); print(len(dead) >= 19)


# It is called once for each object, whatever became of the class since.
class Once:
    def __del__(self):
        log.append('first')
        kept.append(self)


class Without:
    pass


log, kept = [], []


def make():
    for i in range(20):
        Once()


make()
gc.collect()
print(len(log) >= 15, len(log) == len(kept))
for o in kept:
    o.__class__ = Without
    o.__class__ = Once
del o, Once.__del__
Once.__del__ = lambda self: log.append('second')
late = 20 - len(kept)
kept.clear()
gc.collect()
print(log.count('second') <= late)
