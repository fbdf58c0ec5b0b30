# An attribute that is looked for and may be missing: an AttributeError of the object's own code says that it is, and
# any other exception goes through.
import weakref


class Says:
    """Raises an exception of its class for every attribute."""
    raises = AttributeError

    def __getattribute__(self, name):
        raise Says.raises('of mine')

    def __getitem__(self, i):
        raise IndexError

    def __iter__(self):
        return iter(())


def show(f, *args):
    try:
        r = f(*args)
        print(type(r).__name__, r if type(r) in (int, str, list, dict, bool) else '')
    except BaseException as e:
        print(type(e).__name__, e)


class Delegates:
    def __init__(self, to):
        self.to = to

    def __iter__(self):
        return self

    def __next__(self):
        return 1

    def __getattr__(self, name):
        raise Says.raises('of mine')


def gen(it):
    try:
        yield from it
    except BaseException as e:
        print('in gen', type(e).__name__, e)
        raise


def close():
    g = gen(Delegates(1))
    next(g)
    g.close()


def throw():
    g = gen(Delegates(1))
    next(g)
    try:
        return g.throw(KeyError('k'))
    finally:
        was, Says.raises = Says.raises, AttributeError
        g.close()
        Says.raises = was


class Meta(type):
    def __getattr__(cls, name):
        raise Says.raises('of mine')


class Item(metaclass=Meta):
    pass


class Callable:
    def __call__(self):
        pass

    def __getattr__(self, name):
        raise Says.raises('of mine')


class Qual:
    def __init__(self, **kw):
        self.__dict__.update(kw)

    def __call__(self):
        pass


class Keys:
    def __init__(self, error):
        self.error = error

    def keys(self):
        raise self.error('of mine')

    def __getitem__(self, k):
        return k


class Items:
    def __init__(self, error):
        self.error = error

    def keys(self):
        return ['a', 'b']

    def __getitem__(self, k):
        raise self.error('of mine')


class Iter:
    def __init__(self, error):
        self.error = error

    def keys(self):
        return self

    def __iter__(self):
        yield 'a'
        raise self.error('of mine')


def f(**kw):
    return sorted(kw)


for e in AttributeError, KeyError, TypeError:
    print('---', e.__name__)
    Says.raises = e
    o = Says()
    show(vars, o)
    show(lambda: object.__dir__(o))
    show(lambda: {}.update(o))
    show(lambda: dict(o))
    show(lambda: {**o})
    show(lambda: f(**o))
    show(lambda: f(a=1, **o))
    show(lambda: isinstance(o, int))
    show(lambda: isinstance(o, Says))
    show(lambda: isinstance(o, (int, Callable())))
    show(lambda: type('T', (o,), {}))
    show(lambda: type('T', (int, 3), {}))
    show(lambda: type('T', (3, int), {}))
    show(lambda: bool(repr(weakref.ref(o))))
    M = type(Qual().__init__)
    show(lambda: repr(M(Callable(), 1)))
    show(lambda: repr(M(Qual(__qualname__=5, __name__="n"), 1)))
    show(lambda: repr(M(Qual(__qualname__='q', __name__='n'), 1)))
    show(lambda: repr(M(Qual(__name__='n'), 1)))
    show(lambda: Item[1])
    show(throw)
    show(close)
    for kind in Keys, Items, Iter:
        o = kind(e)
        show(lambda: {}.update(o))
        show(lambda: {**o})
        show(lambda: {'x': 1, **o})
        show(lambda: f(**o))
        show(lambda: f(a=1, **o))
        show(lambda: f(**{'z': 1}, **o))
        show(lambda: print(**o))
