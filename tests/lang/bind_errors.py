# The general path's errors, step for step: every kind of parameter, too few, too many, twice, by the wrong name.
def t(f, *a, **k):
    try:
        r = f(*a, **k)
    except TypeError as e:
        print(f.__name__, a, k, '->', e)
    else:
        print(f.__name__, a, k, '=', r)
def none(): return ()
def one(a): return a
def two(a, b): return a, b
def three(a, b, c): return a, b, c
def four(a, b, c, d): return a, b, c, d
def dflt(a, b=2): return a, b
def dflt2(a, b=2, c=3): return a, b, c
def alld(a=1, b=2): return a, b
def star(a, *r): return a, r
def stard(a, b=2, *r): return a, b, r
def kwo(a, *, k): return a, k
def kwo2(*, k, m): return k, m
def kwo3(*, k, m, n): return k, m, n
def kwo4(a, *, k, m=2, n, o=4): return a, k, m, n, o
def kwd(a, *, k=1): return a, k
def allkw(*, k=1, m=2): return k, m
def stars(*a, **k): return a, k
def kw(a, **k): return a, k
def kwd2(a, b=2, **k): return a, b, k
def pos(a, /): return a
def pos2(a, b, /): return a, b
def pos3(a, b, c, /, d): return a, b, c, d
def posd(a, b=2, /, c=3): return a, b, c
def poskw(a, /, **k): return a, k
def every(a, b=2, /, c=3, *r, k, m=6, **kw): return a, b, c, r, k, m, kw
class_like = [none, one, two, three, four, dflt, dflt2, alld, star, stard, kwo, kwo2, kwo3, kwo4, kwd, allkw, stars, kw, kwd2, pos, pos2, pos3, posd, poskw, every]
for f in class_like:
    for n in range(6):
        t(f, *range(n))
    t(f, a=1); t(f, b=1); t(f, a=1, b=2); t(f, 1, a=2); t(f, 1, b=2); t(f, 1, 2, b=3); t(f, x=1); t(f, 1, x=1); t(f, 1, 2, x=1)
    t(f, k=1); t(f, 1, k=2); t(f, 1, 2, k=3); t(f, 1, 2, 3, k=3, m=4); t(f, 1, 2, 3, 4, 5, k=3, n=4); t(f, k=1, m=2, n=3); t(f, a=1, b=2, c=3, d=4)
    t(f, 1, 2, 3, 4, 5, 6, 7, k=1); t(f, 1, 2, x=3, y=4); t(f, 1, c=3); t(f, c=3, b=2); t(f, self=1); t(f, *[1], **{'b': 2}); t(f, **{'a': 1, 'c': 2})
# keywords must be strings
def bad(f, d, *a):
    try: print(f(*a, **d))
    except TypeError as e: print(e)
for f in [one, stars, kw, print, dict, len, int, sorted]:
    bad(f, {1: 2}); bad(f, {None: 2, 'a': 1}); bad(f, {'a': 1, 2: 3}, 1)
# what is no mapping or no iterable
def call(g):
    try: print(g())
    except TypeError as e: print(e)
call(lambda: one(*1)); call(lambda: one(*None)); call(lambda: one(**1)); call(lambda: one(**None)); call(lambda: one(**[1])); call(lambda: one(*[1], *2))
call(lambda: one(1, *3)); call(lambda: one(**{'a': 1}, **{'a': 2})); call(lambda: stars(**{'a': 1}, **{'a': 2})); call(lambda: stars(a=1, **{'a': 2}))
call(lambda: two(1, **{'a': 2})); call(lambda: stars(*'ab', *[1], **{'x': 1}, y=2)); call(lambda: len(*1)); call(lambda: [].append(**1)); call(lambda: print(*5))
call(lambda: one(**{'a': 1}, **5)); call(lambda: one(**{}, **5)); call(lambda: 'a'.join(*3)); call(lambda: FUNC(*1) if 0 else one(*[], **{}))
# through closures, lambdas, bound methods and callbacks
def outer(z):
    def inner(a, *, k): return a, k, z
    return inner
t(outer(1)); t(outer(1), 1); t(outer(1), 1, 2); t(outer(1), 1, k=2); t(outer(1), 1, k=2, z=3)
t(lambda a, b=1: (a, b)); t(lambda *, q: q); t(lambda a: a, 1, 2)
m = two.__get__('self'); t(m); t(m, 1); t(m, 1, 2); t(m, a=1); t(m, c=1)
for g in [lambda: sorted([2, 1], key=two), lambda: list(map(two, [1])), lambda: list(map(none, [1])), lambda: list(filter(two, [1])), lambda: max([1, 2], key=none),
          lambda: min(1, 2, key=kwo), lambda: [3, 1].sort(key=two), lambda: list(iter(one, 1)), lambda: list(map(two, [1], [2])), lambda: sorted([2, 1], key=pos),
          lambda: list(map(star, [1], [2], [3])), lambda: max([1, 2], key=kw), lambda: sorted([3, 1, 2], key=dflt, reverse=True)]:
    call(g)
# __defaults__ and __kwdefaults__ assigned
def d(a, b, c, *, k, m): return a, b, c, k, m
t(d); d.__defaults__ = (8, 9); t(d); t(d, 1); d.__kwdefaults__ = {'k': 5}; t(d, 1); t(d, 1, m=2); d.__kwdefaults__ = {'k': 5, 'm': 6, 'zz': 7}; t(d, 1)
d.__defaults__ = (1, 2, 3, 4, 5); t(d); t(d, 7); t(d, 1, 2, 3, 4); d.__defaults__ = None; t(d, k=1); d.__kwdefaults__ = None; t(d, 1, 2, 3)
d.__defaults__ = (); t(d, 1, 2, 3, 4, k=1, m=2); t(d, 1, 2)
