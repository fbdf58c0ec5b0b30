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


class Next:
    def __init__(self):
        self.n = 0

    def __next__(self):
        self.n += 1
        if self.n > 2:
            raise StopIteration
        return self.n


class Gives:
    def __iter__(self):
        return Next()


class Sized:
    def __iter__(self):
        return iter('ab')

    def __len__(self):
        raise ValueError('len')


class NoIter:
    def __iter__(self):
        raise TypeError('mine')


class Asked:
    def __init__(self, keys):
        self.of = keys

    def keys(self):
        return self.of

    def __getitem__(self, k):
        return k


class Own(dict):
    def __iter__(self):
        return iter('q')

    def keys(self):
        return ['q']

    def __getitem__(self, k):
        return k


class Text(str):
    def __repr__(self):
        raise KeyError('repr')


class Whole(float):
    def __index__(self):
        return 65


class Part(complex):
    def __int__(self):
        return 66


class Truth:
    def __int__(self):
        return True


class Index:
    def __index__(self):
        return 1


class Bare(list):
    __iter__ = None


def extended(v):
    b = bytearray(b'x')
    b.extend(v)
    return list(b)


print('--- more')
show(lambda: extended(Gives()))
for keys in Sized(), NoIter(), Gives(), 5:
    show(lambda: dict(Asked(keys)))
    show(lambda: {**Asked(keys)})
    show(lambda: f(**Asked(keys)))
show(lambda: Own().copy())
show(lambda: Own(a=1).copy())
show(lambda: int(Text('x')))
show(lambda: float(Text('x')))
show(lambda: chr(Whole(2)))
show(lambda: chr(Part(2)))
show(lambda: ord(chr(Truth())))
show(lambda: 'abca'.find('a', Index()))
show(lambda: 'abca'.count('a', Index(), 2))
show(lambda: b'abc'.find(Index()))
show(lambda: Index() in b'abc')
show(lambda: Index() in b'a\x01')
bare = Bare([1])
show(lambda: bare.extend(bare))


class Long(str):
    def __repr__(self):
        return 'é' * 300


for kind in int, float:
    try:
        kind(Long('x'))
    except ValueError as e:
        print(kind.__name__, len(str(e)), str(e)[-3:])
