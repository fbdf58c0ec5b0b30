# __slots__: members, the dict they leave out, what is refused.
class Sl:
    __slots__ = ('p', 'q')
    def __init__(self): self.p = 1
sl = Sl(); print(sl.p); 
try: sl.q
except AttributeError as e: print('attr', e)
try: sl.r = 1
except AttributeError as e: print(e)
print(Sl.p)
class Sl(object):
    __slots__ = ['a', '__dict__']
s = Sl(); s.a = 1; s.b = 2; print(s.a, s.b, s.__dict__)
class Sl2(Sl): __slots__ = ('c',)
s = Sl2(); s.a, s.c, s.z = 1, 2, 3; print(s.a, s.c, s.z, s.__dict__)
try:
    class X(int): __slots__ = ('a',)
except TypeError as e: print(e)
try:
    class Y(Sl, str): pass
except TypeError as e: print(e)
try:
    class Z(bool): pass
except TypeError as e: print(e)
