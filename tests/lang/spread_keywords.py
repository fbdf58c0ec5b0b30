"""A wrapper that passes its keywords on: the callee gets them, whatever happened to the dict in between."""
import sys


def target(a, b=2, *rest, c=3, **more):
    return a, b, rest, c, sorted(more.items())


def wrapper(*args, **kwargs):
    return target(*args, **kwargs)


def changes(*args, **kwargs):
    kwargs['c'] = kwargs.get('c', 0) + 100
    return target(*args, **kwargs)


def adds(*args, **kwargs):
    kwargs['z'] = len(kwargs)
    return target(*args, **kwargs)


def drops(*args, **kwargs):
    kwargs.pop('b', None)
    return target(*args, **kwargs)


def keeps(*args, **kwargs):
    result = target(*args, **kwargs)
    return result, kwargs


def reads(x, **kwargs):
    total = 0
    for i in range(3):
        total += target(x, **kwargs)[3]
        kwargs['c'] = i
    return total


def meddle(i):
    if i % 50 == 49:
        sys._getframe(1).f_locals['kwargs']['c'] = 'meddled'


def watched(i, **kwargs):
    meddle(i)
    return target(i, **kwargs)


def shows(**kwargs):
    return locals(), target(1, **kwargs)


def raises(*args, **kwargs):
    try:
        return target(*args, **kwargs)
    except TypeError as e:
        return str(e), args, kwargs


def nested(*args, **kwargs):
    return wrapper(*args, **kwargs)


class Counted:
    def __init__(self, f):
        self.f = f
        self.calls = 0

    def __call__(self, *args, **kwargs):
        self.calls += 1
        return self.f(*args, **kwargs)


def main(n):
    counted = Counted(target)
    seen = set()
    for i in range(n):
        for r in (wrapper(i % 3), wrapper(i % 3, c=4), wrapper(1, b=i % 2, d=7), changes(1, c=i % 2), adds(1, y=2),
                  drops(1, b=5, c=6), keeps(1, c=2), reads(1, c=10), watched(i, c=5)[1:], shows(b=1),
                  raises(1, 2, a=3), raises(b=2), raises(1, c=1.5), nested(1, c=i % 2, q=None), counted(1, b=True)):
            seen.add(repr(r))
    for s in sorted(seen):
        print(s)
    print(counted.calls)


main(300)
