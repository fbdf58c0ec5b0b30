# functools: singledispatch by class and by annotation, singledispatchmethod, wraps, total_ordering,
# partialmethod.
from functools import singledispatch, singledispatchmethod, wraps, total_ordering, partialmethod
from collections.abc import Sequence, Mapping

def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)

@singledispatch
def show(x):
    return 'object'
@show.register(int)
def _(x):
    return 'int'
@show.register
def _(x: list):
    return 'list of ' + ' '.join(map(show, x))
@show.register(Mapping)
def _(x):
    return 'mapping'
@show.register(Sequence)
def _(x):
    return 'sequence'
t(lambda: [show(v) for v in (1, True, 2.5, [1, 'a', {}], (1,), 'text', {}, None)])
t(lambda: show.dispatch(bool) is show.dispatch(int))
t(lambda: show())
t(lambda: sorted(c.__name__ for c in show.registry))
t(lambda: show.register(5))

class Neg:
    @singledispatchmethod
    def neg(self, x):
        raise NotImplementedError('cannot negate a ' + type(x).__name__)
    @neg.register
    def _(self, x: int):
        return -x
    @neg.register(bool)
    def _(self, x):
        return not x
t(lambda: (Neg().neg(5), Neg().neg(True)))
t(lambda: Neg().neg('a'))

def logged(f):
    @wraps(f)
    def inner(*args, **kw):
        print('call', f.__name__, args, kw)
        return f(*args, **kw)
    return inner
@logged
def add(a, b: int = 1) -> int:
    "Adds."
    return a + b
t(lambda: (add(1), add(1, b=5)))
t(lambda: (add.__name__, add.__qualname__, add.__doc__, add.__annotations__, add.__wrapped__(2, 3)))

@total_ordering
class Card:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n if isinstance(o, Card) else NotImplemented
    def __lt__(self, o): return self.n < o.n if isinstance(o, Card) else NotImplemented
t(lambda: (Card(1) <= Card(2), Card(1) > Card(2), Card(2) >= Card(2), Card(3) != Card(3)))
t(lambda: Card(1) >= 3)
t(lambda: total_ordering(type('T', (), {})))

class Cell:
    def __init__(self): self.alive = False
    def set_state(self, state, note=''):
        self.alive = state, note
    set_alive = partialmethod(set_state, True)
    set_dead = partialmethod(set_state, False, note='dead')
c = Cell()
c.set_alive('yes'); print(c.alive)
c.set_dead(); print(c.alive)
