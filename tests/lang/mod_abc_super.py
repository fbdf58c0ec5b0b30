# abc: an abstract method may have a body for subclasses to call; the set of them follows inheritance.
import abc

class Base(abc.ABC):
    @abc.abstractmethod
    def run(self, n):
        return ['base', n]

class Mixin:
    def run(self, n):
        return ['mixin'] + super().run(n)

class Both(Mixin, Base):
    pass

class Abstract(Both):
    @abc.abstractmethod
    def more(self):
        pass

print(Both().run(3), Both.__abstractmethods__)
try:
    Abstract()
except TypeError as e:
    print(e)
Abstract.more = lambda self: 1
try:
    Abstract()
except TypeError as e:
    print(e)

class Old(metaclass=abc.ABCMeta):
    @abc.abstractproperty
    def p(self): return 1
    @abc.abstractclassmethod
    def c(cls): return 2
    @abc.abstractstaticmethod
    def s(): return 3
print(sorted(Old.__abstractmethods__))
class New(Old):
    p = Old.p
    c = classmethod(lambda cls: cls.__name__)
    @staticmethod
    def s(): return 4
print(sorted(New.__abstractmethods__), New.c(), New.s())
class Kw(abc.ABC):
    def __init_subclass__(cls, flag=0, **kw):
        super().__init_subclass__(**kw)
        cls.flag = flag
class K(Kw, flag=7): pass
print(K.flag, type(K).__name__)
