# enum: methods, __init__ and __new__ of members, mixed-in types, _missing_, _generate_next_value_.
from enum import Enum, EnumMeta, auto

def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e, '/', type(e.__context__).__name__, e.__context__)

class Planet(Enum):
    MERCURY = (3.303e+23, 2.4397e6)
    EARTH = (5.976e+24, 6.37814e6)
    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius
    @property
    def gravity(self):
        return round(6.67300E-11 * self.mass / self.radius ** 2, 3)
t(lambda: [(p.name, p.gravity) for p in Planet])
t(lambda: Planet((3.303e+23, 2.4397e6)))

class Coord(bytes, Enum):
    def __new__(cls, value, label):
        obj = bytes.__new__(cls, [value])
        obj._value_ = value
        obj.label = label
        return obj
    PX = (0, 'P.X')
    PY = (1, 'P.Y')
t(lambda: (Coord.PY, Coord.PY.label, Coord(0), Coord.PX == b'\0'))

class Word(str, Enum):
    YES = 'yes'
    NO = 'no'
    @classmethod
    def _missing_(cls, value):
        if value == 'boom':
            raise KeyError(value)
        if value == 'odd':
            return 3
        for m in cls:
            if m.value == value.lower():
                return m
t(lambda: (Word('YES'), Word.YES.upper(), 'x' + Word.NO, Word.YES == 'yes'))
t(lambda: Word('maybe'))
t(lambda: Word('boom'))
t(lambda: Word('odd'))

class Named(Enum):
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()
    ONE = auto()
    TWO = auto()
t(lambda: list(Named))

class Meta(EnumMeta):
    def __call__(cls, *args, **kw):
        return super().__call__(*args, **kw) if args else next(iter(cls))
class First(Enum, metaclass=Meta):
    _ignore_ = 'i'
    A = 1
    B = 2
    for i in range(2):
        vars()['G%d' % i] = 10 + i
t(lambda: (First(), First(2), list(First)))

class Same(Enum):
    def describe(self):
        return self.name, self.value
    def __str__(self):
        return 'my ' + self.name
class Sub(Same):
    X = [1]
    Y = {}
t(lambda: (Sub.X.describe(), str(Sub.Y), f'{Sub.X}', Sub([1])))
def body(text):
    exec(text, {'Enum': Enum, 'Sub': Sub})
t(lambda: body('class A(Sub): pass'))
t(lambda: body('class A(Enum):\n a = 1\n a = 2'))
t(lambda: body('class A(Enum):\n _x_ = 1'))
t(lambda: body('class A(Enum):\n mro = 1'))
t(lambda: body('class A(Enum, int): pass'))
