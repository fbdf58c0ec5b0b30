# enum: members, aliases, lookup by value and by name, iteration, what cannot be done.
from enum import Enum, IntEnum, unique, auto

def t(f):
    try:
        r = f()
        print(repr(r), r)
    except Exception as e:
        print(type(e).__name__, e)

class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

class Level(IntEnum):
    LOW = 10
    HIGH = 20

t(lambda: list(Color))
t(lambda: list(reversed(Color)))
t(lambda: Color)
t(lambda: Color.RED)
t(lambda: Color(3))
t(lambda: Color['GREEN'])
t(lambda: Color.CRIMSON is Color.RED)
t(lambda: dict(Color.__members__))
t(lambda: (Color.RED.name, Color.RED.value, len(Color)))
t(lambda: Color(9))
t(lambda: Color['PINK'])
t(lambda: Color.PINK)
t(lambda: Color.RED < Color.BLUE)
t(lambda: (Color.RED == 1, Color.RED in Color, Level.LOW == 10, Level.LOW < Level.HIGH))
t(lambda: 1 in Color)
t(lambda: setattr(Color, 'RED', 5))
t(lambda: delattr(Color, 'RED'))
t(lambda: setattr(Color.RED, 'value', 5))
t(lambda: Level.LOW + 1)
t(lambda: '%d %s' % (Level.LOW, Level.LOW))
t(lambda: f'{Level.LOW:>5}|{Color.RED:>10}|')
t(lambda: {Color.RED: 'r', Level.LOW: 'l'})
t(lambda: sorted(Level, reverse=True))
t(lambda: type('X', (Color,), {}))
t(lambda: unique(Color))
t(lambda: [m.value for m in Enum('Dir', 'N E S W')])
t(lambda: Enum('Dir', {'a': 5, 'b': 6}).b)
t(lambda: dir(Color))
class Auto(Enum):
    A = auto()
    B = 10
    C = auto()
t(lambda: list(Auto))
