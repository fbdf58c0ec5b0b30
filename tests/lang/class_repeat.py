# `*` of classes made of sequences: who is asked first, and what cannot be a count.
class L(list):
    pass
class R(list):
    def __rmul__(self, a): return NotImplemented
    def __imul__(self, a): return NotImplemented
class S(str): pass
class T(tuple):
    def __mul__(self, a): return NotImplemented
class Q(list):
    def __mul__(self, a): return NotImplemented
class D(dict):
    def __mul__(self, a): return NotImplemented
class X:
    def __rmul__(self, a): return NotImplemented
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
for c in L, R, S, T, Q, D:
    o = c()
    for w in 2.5, 'a', None, X(), [1], L(), 2, True:
        def im():
            x = c(); x *= w; return x
        print(c.__name__, type(w).__name__, end=' ')
        t(lambda: o * w); t(lambda: w * o); t(im)
        t(lambda: o + w); t(lambda: w + o)
        def ia():
            x = c(); x += w; return x
        t(ia)
