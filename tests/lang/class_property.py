# property: getter, setter, deleter, their texts and errors.
class P:
    def __init__(self): self._x = 1
    @property
    def x(self):
        "doc of x"
        return self._x
    @x.setter
    def x(self, v): self._x = v
    @x.deleter
    def x(self): del self._x
p = P(); p.x = 5; print(p.x, P.x.__doc__); del p.x
try: p.x
except AttributeError as e: print(e)
class RO:
    y = property(lambda s: 1)
try: RO().y = 3
except AttributeError as e: print(e)
try: del RO().y
except AttributeError as e: print(e)
class Q(P):
    @P.x.getter
    def x(self): return 'Q'
print(Q().x)
