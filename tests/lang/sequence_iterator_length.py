# An iterator by index asks its sequence how long it is before a list is made of it: what `__len__` raises is
# raised, but for a TypeError.
class Raises:
    error = AttributeError

    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i

    def __len__(self):
        print('len')
        raise self.error('no')


class Fails(Raises):
    error = TypeError


class Sized(Raises):
    def __len__(self):
        print('len')
        return 2


class Negative(Raises):
    def __len__(self):
        print('len')
        return -1


class Bare:
    __getitem__ = Raises.__getitem__


def star(o):
    a, *b = o
    return a, b


def stars(o):
    a, *b, c = o
    return a, b, c


def slices(o):
    one = []
    one[:] = iter(o)
    return one


def adds(o):
    one = []
    one += iter(o)
    return one


WAYS = {
    'star': star,
    'stars': stars,
    'slices': slices,
    'adds': adds,
    'list': lambda o: list(iter(o)),
    'display': lambda o: [*iter(o)],
    'object': lambda o: [*o],
    'together': lambda o: (*iter(o), 1),
    'tuple': lambda o: tuple(iter(o)),
    'bytes': lambda o: bytes(iter(o)),
    'sorted': lambda o: sorted(iter(o)),
}
for cls in Raises, Fails, Sized, Negative, Bare:
    for name, way in WAYS.items():
        try:
            print(cls.__name__, name, way(cls()))
        except Exception as e:
            print(cls.__name__, name, type(e).__name__, e)
