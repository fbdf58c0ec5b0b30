# abc: abstract methods keep a class from being made into instances; register() and __subclasshook__
# make other classes count.
from abc import ABC, ABCMeta, abstractmethod, get_cache_token

def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)

class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @property
    @abstractmethod
    def name(self): ...
    @classmethod
    @abstractmethod
    def make(cls): ...
    def twice(self):
        return 2 * self.area()

class Half(Shape):
    def area(self):
        return 1

class Square(Half):
    name = 'square'
    @classmethod
    def make(cls):
        return cls()

t(lambda: sorted(Shape.__abstractmethods__))
t(lambda: sorted(Half.__abstractmethods__))
t(lambda: Square.__abstractmethods__)
t(lambda: Half())
t(lambda: Square().twice())
t(lambda: Square.make().name)
t(lambda: isinstance(Square(), Shape))

class Sized(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, other):
        if cls is Sized:
            return any('__len__' in c.__dict__ for c in other.__mro__)
        return NotImplemented

class Deep(Sized):
    pass

t(lambda: (isinstance([], Sized), isinstance(3, Sized), issubclass(dict, Sized), issubclass(dict, Deep)))
before = get_cache_token()
t(lambda: issubclass(int, Deep))
t(lambda: Deep.register(int))
t(lambda: (issubclass(int, Deep), isinstance(True, Deep), issubclass(float, Deep)))
t(lambda: get_cache_token() != before)
t(lambda: Deep.register(3))
t(lambda: Deep.register(Sized))
@Deep.register
class Other: pass
t(lambda: (Other, isinstance(Other(), Deep)))
t(lambda: issubclass(3, Deep))
t(lambda: type(Deep), )
