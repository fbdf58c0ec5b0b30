# What is formatted alone, in no tuple, is asked for its own text and number, too.
import enum


class Level(enum.IntEnum):
    low = 5


class Text(int):
    def __str__(self):
        return 'str'

    def __repr__(self):
        return 'repr'


class Real(float):
    def __float__(self):
        return 7.5

    def __str__(self):
        return 'real'


class Number:
    def __int__(self):
        raise TypeError('mine')

    def __index__(self):
        raise TypeError('mine')


class Hashed(set):
    def __hash__(self):
        return hash('k')

    def __eq__(self, other):
        return other == 'k'


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


show(lambda: '%s' % Level.low)
show(lambda: '%r' % Level.low)
show(lambda: '%d' % Level.low)
show(lambda: '%s %s' % (Level.low, Text(3)))
show(lambda: '%s' % Text(3))
show(lambda: '%r' % Text(3))
show(lambda: '%5s|' % Text(3))
show(lambda: '%x' % Text(30))
show(lambda: '%.1f' % Real(2.5))
show(lambda: '%s' % Real(2.5))
show(lambda: b'%s' % Text(3))
show(lambda: b'%d' % Text(3))
show(lambda: '%d' % Number())
show(lambda: '%x' % Number())
show(lambda: float.__format__(Real(2.5), ''))
show(lambda: float.__format__(Real(2.5), '.2f'))
show(lambda: Hashed() in {'k'})
show(lambda: {'k'}.discard(Hashed()))
show(lambda: {1} in {frozenset({1})})


class Mapping:
    def __getitem__(self, k):
        return k * 2


class NoItems:
    pass


class Word(str):
    pass


for v in Mapping(), NoItems(), Word('w'), bytearray(b'b'), memoryview(b'm'), [1], range(3), type.__dict__['__dict__'].__get__(Level, type):
    show(lambda: '%(low)s'[:0] % v)
    show(lambda: '%(ab)s|%(c)5s' % v if isinstance(v, (Mapping, NoItems, str)) else '%(ab)s' % v)
    show(lambda: 'x' % v)
    show(lambda: b'x' % v)
    show(lambda: b'%(ab)s' % v if not isinstance(v, Mapping) else 0)
text = '%s'
for n in range(3000):
    text = '%s' % Text(n)
print(text)
