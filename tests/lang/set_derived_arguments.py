# A class derived from set or frozenset is named in what its instances say of their arguments.
def t(f):
    try:
        print(f())
    except TypeError as e:
        print('TypeError', e)
class S(set): pass
class F(frozenset): pass
class T(S):
    def __init__(self, *a, **k):
        super().__init__(*a)
class N(set):
    def __init__(self, a, b=0):
        super().__init__(a)
t(lambda: S(1, 2))
t(lambda: F(1, 2))
t(lambda: set(1, 2))
t(lambda: frozenset(1, 2))
t(lambda: T(1, 2, 3))
t(lambda: set.__init__(S(), 1, 2))
t(lambda: set.__init__(set(), 1, 2))
t(lambda: frozenset.__new__(F, 1, 2))
t(lambda: S(a=1))
t(lambda: F(a=1))
t(lambda: sorted(N((1, 2), 3)))
t(lambda: sorted(T((1, 2), k=3)))
t(lambda: set(a=1))
t(lambda: frozenset(a=1))
t(lambda: set.__init__(set(), a=1))
t(lambda: sorted(S((3, 1), a=1)))
t(lambda: S(1))
