# Annotations: of variables and functions; what is evaluated and what is kept.
x: int = 1
y: 'str'
z: print('evaluated') = 2
(w): int = 3
d = {}
d['k']: int = 4
print(__annotations__, x, z, w, d)


def note(v):
    print('note', v)
    return v


note(d)['a']: note('annotation') = note('value')
note(d)['b']: note('no value')
print(d)
try:
    y
except NameError as e:
    print(e)


def f(a: int, b: 'text' = 1, *c: tuple, d: float = 2, **e: dict) -> None:
    local: undefined_is_not_evaluated = 1
    other: also_not
    return local


print(f(1), f.__annotations__)
print((lambda x: x).__annotations__)


def unbound():
    v: int
    try:
        return v
    except UnboundLocalError as e:
        return str(e)


print(unbound())
if True:
    inner: float = 1.5
print(__annotations__['inner'])


def no_annotations(a, b):
    pass


print(no_annotations.__annotations__)
