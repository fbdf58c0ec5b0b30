"""A sort makes the same comparisons as CPython's, in the same order, and asks the same methods as often."""
LOG = []
class A:
    def __init__(s, n): s.n = n
    def __lt__(s, o): LOG.append(('lt', s.n, o.n)); return NotImplemented
    def __gt__(s, o): LOG.append(('gt', s.n, o.n)); return s.n > o.n
class B(A):
    def __lt__(s, o): LOG.append(('Blt', s.n, o.n)); return s.n < o.n
class C(A):
    def __gt__(s, o): LOG.append(('Cgt', s.n, o.n)); return NotImplemented
class D(int):
    def __lt__(s, o): LOG.append(('Dlt',)); return int(s) < int(o)
class E(int):
    def __gt__(s, o): LOG.append(('Egt',)); return int(s) > int(o)
class F(str):
    def __gt__(s, o): LOG.append(('Fgt',)); return str(s) > str(o)
class G(float):
    def __lt__(s, o): LOG.append(('Glt',)); return NotImplemented
class H(tuple):
    def __lt__(s, o): LOG.append(('Hlt',)); return NotImplemented
def t(name, f):
    LOG.clear()
    try: r = f()
    except Exception as e: r = type(e).__name__, str(e)
    else: r = [getattr(x, 'n', x) for x in r] if isinstance(r, list) else r
    print(name, r, LOG)
for cls in (A, B, C):
    t(cls.__name__, lambda: sorted([cls(3), cls(1), cls(2), cls(1)]))
    t(cls.__name__ + ' rev', lambda: sorted([cls(3), cls(1), cls(2), cls(1)], reverse=True))
    t(cls.__name__ + ' min', lambda: [min(cls(3), cls(1), cls(2))])
    t(cls.__name__ + ' max', lambda: [max(cls(3), cls(1), cls(2))])
    t(cls.__name__ + ' tup', lambda: [x[0] for x in sorted([(1, cls(3)), (1, cls(1)), (0, cls(2))])])
    t(cls.__name__ + ' key', lambda: sorted([3, 1, 2], key=cls))
t('mix', lambda: sorted([A(1), B(0), A(5), B(3)]))
t('mix2', lambda: sorted([B(1), A(0), B(5), A(3)]))
for c in (D, E):
    t(c.__name__, lambda: sorted([c(3), 1, c(2), 0]))
    t(c.__name__, lambda: sorted([c(3), c(1), c(2), c(0)]))
    t(c.__name__, lambda: sorted([4, 3, c(1), 2]))
    t(c.__name__, lambda: sorted([(4,), (3,), (c(1),), (2,)]))
    t(c.__name__, lambda: sorted([(c(4),1), (c(4),0), (c(1),2)]))
t('F', lambda: sorted(['b', F('a'), 'c', F('b')]))
t('F', lambda: sorted([F('b'), F('a')]))
t('G', lambda: sorted([G(2), G(1), 1.5]))
t('G', lambda: sorted([2.0, G(1), 1.5]))
t('H', lambda: sorted([H((2,)), H((1,)), (0,)]))
t('mixed', lambda: sorted([1, 'a']))
t('mixed', lambda: sorted([1, 2.5, True, 0]))
t('mixed', lambda: sorted([(1, 'a'), (1, 2)]))
t('none', lambda: sorted([None, None]))
t('nan', lambda: sorted([float('nan'), 1.0, float('nan'), 0.0]))
t('nested', lambda: sorted([[1, [2]], [1, [1]]]))
t('big', lambda: sorted([10**20, 5, -10**20]))
t('mod', lambda: (lambda l: l.sort(key=lambda x: l.append(x) or x))([3, 2, 1]))
l = [3, 2, 1]
def k(x): l.append(x); return x
try: l.sort(key=k)
except ValueError as e: print(e, l)
t('stable', lambda: sorted([(1, 'b'), (0, 'z'), (1, 'a'), (0, 'y')], key=lambda p: p[0]))
t('stablerev', lambda: sorted([(1, 'b'), (0, 'z'), (1, 'a'), (0, 'y')], key=lambda p: p[0], reverse=True))
t('keyerr', lambda: sorted([1, 2], key=5))
t('keyerr', lambda: sorted([1, 2], key=lambda: 1))
t('keyerr', lambda: sorted([], key=5))
t('rev', lambda: sorted([1, 2], reverse='x'))
t('rev', lambda: sorted([1, 2], reverse=2.5))
t('pos', lambda: sorted([1, 2], None))
t('kw', lambda: sorted(iterable=[1, 2]))
t('kw', lambda: sorted([1], cmp=2))
class Ex:
    def __lt__(s, o): raise KeyError('x')
l = [Ex(), Ex(), 5]
t('ex', lambda: l.sort())
print(len(l))
t('tuples', lambda: [x[0].n for x in sorted([(A(3), 1), (A(1), 2), (A(2), 0)])])
t('tuples', lambda: [x[0].n for x in sorted([(B(3), 1), (B(1), 2), (A(2), 0)])])
t('tuples', lambda: sorted([(), (1,), (0, 2)]))


# An order that is none: what comes out depends on what is compared.
nan = float('nan')
for n in (3, 10, 70, 130):
    l = [nan if i * 7 % 5 == 0 else float(i * 37 % n) for i in range(n)]
    print(n, sorted(l), sorted(l, reverse=True))
