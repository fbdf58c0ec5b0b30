# Classes: attributes, methods, inheritance, super, properties, class and static methods.
class A:
    x = 1
    def __init__(self, a, b=2):
        self.a = a
        self.b = b
    def f(self, y):
        return self.a + self.b + y
    def __repr__(self):
        return f"A({self.a!r}, {self.b!r})"
    def __eq__(self, o):
        return isinstance(o, A) and self.a == o.a
    def __add__(self, o):
        return A(self.a + (o.a if isinstance(o, A) else o))
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= 3: raise IndexError(i)
        return i * 10
class B(A):
    def f(self, y):
        return super().f(y) * 2
    @property
    def p(self): return 'prop'
    @classmethod
    def make(cls, *a): return cls(*a)
    @staticmethod
    def s(x): return x + 1
a = A(5); b = B(7, 8)
print(a, b, a.f(1), b.f(1), b.p, B.make(1), B.s(3), A.x, b.x)
print(a == A(5), a == b, a + b, a + 1, len(a), list(a), 20 in a, a.__dict__, vars(b))
a.z = 9
print(a.__dict__, a.z)
del a.z
try:
    a.z
except AttributeError as e:
    print(e)
try: hash(a)
except TypeError as e: print(e)
print(B.__mro__, B.__name__, type(b), isinstance(b, A), issubclass(B, A), issubclass(A, B))
