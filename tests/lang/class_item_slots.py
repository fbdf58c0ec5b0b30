# A class that has one of __setitem__ and __delitem__ has a slot for both; descriptors and attributes alike.
class S:
    def __setitem__(self, k, v): pass
class D:
    def __delitem__(self, k): pass
class SA:
    def __setattr__(self, k, v): pass
class DA:
    def __delattr__(self, k): pass
class GS:
    def __set__(self, o, v): pass
class GD:
    def __delete__(self, o): pass
class H:
    s = GS()
    d = GD()
class N: pass
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
def di(o):
    del o[1]
def si(o):
    o[1] = 2
def da(o): del o.x
def sa(o): o.x = 1
for c in S, D, SA, DA, N, H:
    o = c()
    for f in di, si, da, sa: t(lambda: f(o))
def hs():
    del H().s
def hd():
    H().d = 3
t(hs); t(hd)
class LS(list):
    def __setitem__(self, k, v): print('set')
t(lambda: di(LS((1,2)))); t(lambda: si(LS((1, 2))))
class DM(type):
    def __getitem__(c, k): return k
class X(metaclass=DM): pass
t(lambda: X[3]); t(lambda: di(X)); t(lambda: S[1]); t(lambda: si(S))
S.__delitem__ = None
t(lambda: di(S()))
