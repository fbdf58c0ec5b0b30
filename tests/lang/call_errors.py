# The text of every error that binding arguments may end in, by every form of call.
def f0():
    pass


def f1(a):
    pass


def f2(a, b=1):
    pass


def f3(a, b, c):
    pass


def pos(a, b, /, c):
    pass


def kwonly(a, *, k, l, m=1):
    pass


def star(a, *args, k=1):
    pass


def kws(a, **kw):
    pass


def try_(f, *args, **kw):
    try:
        f(*args, **kw)
    except TypeError as e:
        print(e)
    else:
        print('fine')


try_(f0, 1)
try_(f0, 1, 2)
try_(f0, x=1)
try_(f1)
try_(f1, 1, 2)
try_(f1, 1, a=1)
try_(f1, b=1)
try_(f1, 1, 2, 3, b=1)
try_(f2, 1, 2, 3)
try_(f2)
try_(f2, 1, 2, b=3)
try_(f3)
try_(f3, 1)
try_(f3, 1, 2)
try_(f3, b=2)
try_(f3, c=2, b=3, a=1)
try_(pos, 1, 2, 3)
try_(pos, 1, b=2, c=3)
try_(pos, a=1, b=2, c=3)
try_(pos, a=1, d=2)
try_(kwonly, 1)
try_(kwonly, 1, k=1)
try_(kwonly, 1, 2)
try_(kwonly, 1, 2, k=1)
try_(kwonly, 1, 2, k=1, l=2)
try_(kwonly, 1, 2, 3, k=1, l=2, m=3)
try_(kwonly, k=1, l=1)
try_(kwonly, 1, k=1, l=1, n=1)
try_(star)
try_(star, 1, 2, 3, a=1)
try_(star, 1, z=1)
try_(kws, 1, 2)
try_(kws, 1, a=1)
try_(kws)
try_(lambda: 0, 1)
try_(lambda x, *, y: 0)

one, text, none = 1, 'x', None
for c in (
    lambda: f1(*1),
    lambda: f1(**1),
    lambda: f1(*[1], *2),
    lambda: f1(**{'a': 1}, **{'a': 2}),
    lambda: f1(a=1, **{'a': 2}),
    lambda: f1(**{'a': 1}, a=2) if 0 else f1(1, **{'a': 1}),
    lambda: f1(**{1: 2}),
    lambda: kws(1, **{2: 3}),
    lambda: kws(1, **{2: 3}, **{2: 4}),
    lambda: f1(*[1], **None),
    lambda: f1(*None, **None),
    lambda: f1(*(), *None, **3),
    lambda: f1(**{'a': 1}, **[1]),
    lambda: f1(*'ab'),
    lambda: f1(*{}),
    lambda: f1(*range(5)),
    lambda: one(*[2]),
    lambda: one(*3),
    lambda: text(a=1),
    lambda: none(),
    lambda: len(*5),
    lambda: len(**5),
    lambda: [].append(*5),
    lambda: int(*5),
    lambda: int(**{'base': 10, 'y': 1}),
    lambda: list.append(*5),
    lambda: list.append(*[]),
    lambda: list.append(*[1, 2]),
    lambda: max(**5),
    lambda: len(*[[1]], **{'x': 1}),
    lambda: len(*[1, 2]),
    lambda: sorted([1], **{'key': None}, **{'key': None}),
):
    try:
        print(c())
    except Exception as e:
        print(type(e).__name__, e)

# Within a handler the doubled keyword is still the KeyError that CPython made of it.
try:
    1 / 0
except ZeroDivisionError:
    try:
        f1(**{'a': 1}, **{'a': 2})
    except Exception as e:
        print(repr(e), repr(e.__context__))
