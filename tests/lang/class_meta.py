# Metaclasses: __prepare__, __new__, __init__, __call__ and what isinstance asks.
class M(type):
    def __new__(m, n, b, d, **kw):
        d['added'] = 1
        return super().__new__(m, n, b, d)
    def __call__(cls, *a, **k):
        print('making', cls.__name__)
        return super().__call__(*a, **k)
    def hello(cls): return 'hello ' + cls.__name__
class X(metaclass=M): pass
print(type(X()), type(X), X.added, X.hello())
class Meta(type):
    @classmethod
    def __prepare__(m, name, bases, **kw):
        print('prepare', name, bases, kw)
        return {'pre': 1}
    def __new__(m, name, bases, ns, **kw): return super().__new__(m, name, bases, ns)
    def __init__(c, name, bases, ns, **kw): super().__init__(name, bases, ns); c.inited = kw
    def __instancecheck__(c, o): return o == 5
    def __subclasscheck__(c, o): return o is int
    def __len__(c): return 77
    def __getitem__(c, k): return (c.__name__, k)
    def __repr__(c): return '<M %s>' % c.__name__
    def __iter__(c): return iter('xyz')
class W(metaclass=Meta, opt=3): pass
print(W.pre, W.inited, isinstance(5, W), isinstance(6, W), issubclass(int, W), len(W), W[1], W, list(W))
class CG:
    def __class_getitem__(cls, k): return (cls.__name__, k)
print(CG[int])
