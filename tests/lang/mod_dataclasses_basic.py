# dataclasses: __init__, repr and comparison from annotations; defaults, factories, order, replace.
from dataclasses import dataclass, field, fields, asdict, astuple, replace, is_dataclass, FrozenInstanceError

def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)

@dataclass
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
    cache: dict = field(default_factory=dict, repr=False, compare=False)
    total = 5

t(lambda: Point(1))
t(lambda: Point(1, 2, ['a']) == Point(1, 2, ['a'], {'z': 1}))
t(lambda: Point(1) == (1, 0))
t(lambda: Point())
t(lambda: Point(1, z=3))
t(lambda: Point(1).tags is Point(1).tags)
t(lambda: asdict(Point(1, 2, [Point(3), {'k': Point(4)}])))
t(lambda: astuple(Point(1, 2, [Point(3)])))
t(lambda: replace(Point(1, 2), y=9))
t(lambda: [(f.name, f.type, f.repr) for f in fields(Point)])
t(lambda: Point.__doc__)
t(lambda: hash(Point(1)))
t(lambda: Point(1) < Point(2))
t(lambda: (is_dataclass(Point), is_dataclass(Point(1)), is_dataclass(3)))

@dataclass(order=True, frozen=True)
class Version:
    major: int
    minor: int = 0
    def bump(self):
        return replace(self, minor=self.minor + 1)

t(lambda: sorted([Version(2), Version(1, 5), Version(1)]))
t(lambda: Version(1, 2) >= Version(1, 2))
t(lambda: {Version(1): 'a'}[Version(1, 0)])
t(lambda: Version(1).bump().bump())
v = Version(3)
def assign(): v.major = 4
def delete(): del v.minor
t(assign)
t(delete)
t(lambda: isinstance(FrozenInstanceError(), AttributeError))
t(lambda: Version(1) < 3)
t(lambda: asdict(Point))
t(lambda: fields(int))

@dataclass
class Node:
    value: int
    next: 'Node' = None
n = Node(1)
n.next = n
t(lambda: n)
