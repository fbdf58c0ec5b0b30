# tuples: displays, hashing, comparison, constants
t = (1, 'a', 2.5)
print(t, t[0], t[-1], len(t), t + (4,), t * 2, 'a' in t, t.index('a'), t.count(1), (), (1,), ((),))
print(tuple([1, 2]), tuple('ab'), tuple(), tuple(t) is t, hash((1, 2)) == hash((1, 2)), (1, (2, (3,))))
d = {(1, 2): 'x', (): 'y'}
print(d[(1, 2)], d[1, 2], d[()])
def two():
    return 1, 2
a, b = two()
print(a, b, two() == (1, 2), two()[1])
def e(f):
    try:
        print(f())
    except (TypeError, IndexError, AttributeError, ValueError) as x:
        print(type(x).__name__, x)
e(lambda: t[3])
e(lambda: t + [1])
e(lambda: hash(([],)))
e(lambda: t.append(1))
e(lambda: t.index(99))
def st():
    t[0] = 1
e(st)
n, one = None, 1
e(lambda: one[0])
e(lambda: n[0])
