# isinstance() in hot code: of classes whose objects say it by their header, and of all others.
class S(str):
    pass


class T(tuple):
    pass


class Liar:
    @property
    def __class__(self):
        asked.append(1)
        return str


class Meta(type):
    def __instancecheck__(cls, x):
        asked.append(2)
        return x == 3


class Odd(metaclass=Meta):
    pass


import collections
P = collections.namedtuple('P', 'x y')
asked = []
things = ['text', b'bytes', (1,), [1], {1: 2}, {1}, frozenset(), 3, 3.5, True, None, 2 ** 80, S('s'), T(), Liar(),
          P(1, 2), str, Odd(), ..., NotImplemented, 2j, range(3), ValueError(), collections.OrderedDict()]
WHICH = str


def kinds(x):
    return (isinstance(x, str), isinstance(x, tuple), isinstance(x, list), isinstance(x, dict), isinstance(x, int),
            isinstance(x, bytes), isinstance(x, set), isinstance(x, frozenset), isinstance(x, float),
            isinstance(x, S), isinstance(x, Odd), isinstance(x, (str, tuple)), isinstance(x, object),
            isinstance(x, bool), isinstance(x, type), isinstance(x, WHICH))


def main(n):
    total = 0
    for i in range(n):
        for k, x in enumerate(things):
            total += sum(kinds(x)) * (k + 1)
    return total


print(main(60), len(asked))
for x in things:
    print(type(x).__name__, ''.join('01'[k] for k in kinds(x)))
WHICH = tuple
print(main(30), len(asked))
WHICH = 5
try:
    print(main(30))
except TypeError as e:
    print(e)
WHICH = list
print(main(30))
str, keep = Liar, str
print(main(30), len(asked))
str = keep


def isinstance(x, c):
    return True


print(main(30))
del isinstance
print(main(30))
print([int(t) for t in ('0', '-12', '+7', '00', '999999999999999999', '-999999999999999999', '1000000000000000000',
                        ' 5 ', '1_0', b'34')])
for t in ('', '-', '+', '1-', '--1', 'x', '1 2', '\u0661', '12\0'):
    try:
        print(int(t))
    except ValueError as e:
        print(e)
