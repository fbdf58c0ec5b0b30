# __getattribute__, __getattr__, __setattr__, __delattr__, __new__, __init__ and their errors; mangling.
class A: pass
a = A()
class Mang:
    __priv = 1
    def get(self): return self.__priv
print(Mang().get(), Mang._Mang__priv)
class GA:
    def __getattribute__(self, n):
        if n == 'sec': raise AttributeError('no sec')
        return object.__getattribute__(self, n)
    def __getattr__(self, n): return 'fallback ' + n
    def __setattr__(self, n, v): object.__setattr__(self, n, v * 2)
    def __delattr__(self, n): print('del', n); object.__delattr__(self, n)
g = GA(); g.x = 4; print(g.x, g.sec, g.nope); del g.x
try: print(A().nope)
except AttributeError as e: print(e)
try: A.nope
except AttributeError as e: print(e)
try: A(1)
except TypeError as e: print(e)
class In:
    def __init__(self): return 3
try: In()
except TypeError as e: print(e)
class Nw:
    def __new__(cls, *a): print('new', a); return object.__new__(cls)
    def __init__(self, *a): print('init', a)
Nw(1, 2)
class Sing(int):
    def __new__(cls, v): return super().__new__(cls, v * 10)
print(Sing(4), Sing(4) + 1, isinstance(Sing(1), int))
