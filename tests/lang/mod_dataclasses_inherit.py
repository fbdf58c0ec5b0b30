# dataclasses: inheritance, InitVar and __post_init__, own methods kept, refusals, make_dataclass.
from dataclasses import dataclass, field, InitVar, make_dataclass, fields, replace
import dataclasses

def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)

@dataclass
class Base:
    a: int
    b: int = 2
@dataclass
class Derived(Base):
    c: int = 3
    a: str = 'a'
t(lambda: Derived())
t(lambda: Derived('x', 1, 0))
t(lambda: [f.name for f in fields(Derived)])

@dataclass
class Area:
    w: int
    h: int
    scale: InitVar[int] = 1
    area: int = field(init=False)
    def __post_init__(self, scale):
        self.area = self.w * self.h * scale
t(lambda: Area(2, 3))
t(lambda: Area(2, 3, 10).area)
t(lambda: Area(2, 3, area=1))
t(lambda: replace(Area(2, 3), w=5, scale=2))

@dataclass
class Own:
    x: int
    def __repr__(self):
        return 'own'
    def __eq__(self, other):
        return 'eq'
t(lambda: (Own(1), Own(1) == 2, Own.__hash__))

@dataclass(unsafe_hash=True)
class Hashed:
    x: int
    y: int = field(default=0, hash=False)
t(lambda: hash(Hashed(1)) == hash(Hashed(1, 5)) == hash((1,)))

C = make_dataclass('C', ['x', ('y', int), ('z', int, field(default=5))], namespace={'sum': lambda s: s.x + s.y + s.z})
t(lambda: (C(1, 2), C(1, 2).sum(), C.__name__, C.__annotations__))

def body(text):
    exec(text, {**vars(dataclasses), '__name__': '__main__'})
for text in ('''
@dataclass
class A:
    x: int = 1
    y: int
''', '''
@dataclass
class A:
    x: list = []
''', '''
@dataclass
class A:
    x = field()
''', '''
@dataclass(order=True)
class A:
    x: int
    def __lt__(self, other): pass
''', '''
@dataclass(frozen=True)
class A:
    x: int
@dataclass
class B(A): pass
''', 'make_dataclass("A", ["for"])', 'make_dataclass("A", ["a", "a"])', 'field(default=1, default_factory=int)'):
    t(lambda: body(text))
