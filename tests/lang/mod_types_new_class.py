# types: classes made at run time, names for classes, DynamicClassAttribute, SimpleNamespace.
import types

def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)

def gen(): yield
async def co(): pass
print([getattr(types, n).__name__ for n in types.__all__ if isinstance(getattr(types, n), type) and n not in ('DynamicClassAttribute',)])
c = co()
print(isinstance(gen(), types.GeneratorType), isinstance(c, types.CoroutineType), isinstance(gen, types.FunctionType), isinstance(len, types.BuiltinFunctionType), isinstance([].append, types.BuiltinMethodType))
c.close()
class Meta(type):
    def __prepare__(name, bases, **kw):
        print('prepare', name, bases, kw)
        return {'prepared': True}
    def __new__(m, name, bases, ns, **kw):
        return super().__new__(m, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
K = types.new_class('K', (), {'metaclass': Meta, 'flag': 1}, lambda ns: ns.update(x=5))
print(K, type(K).__name__, K.prepared, K.x)
class Sub:
    def __mro_entries__(self, bases):
        return (dict,)
t(lambda: types.resolve_bases((Sub(), int)))
L = types.new_class('L', (Sub(),))
print(L.__mro__[1], type(L.__orig_bases__[0]).__name__)
t(lambda: types.prepare_class('n', (K,), {'a': 1})[0].__name__)
class M2(type): pass
t(lambda: types.new_class('Bad', (K, M2('Z', (), {}))))
ns = types.SimpleNamespace(a=1, b='x')
ns.c = [ns.a]
print(ns, ns == types.SimpleNamespace(a=1, b='x', c=[1]))
class D:
    def __init__(self): self._v = 1
    @types.DynamicClassAttribute
    def v(self): return self._v
    @v.setter
    def v(self, x): self._v = x
d = D(); d.v = 8
print(d.v)
t(lambda: D.v)
m = types.ModuleType('made', 'doc')
m.x = 1
print(m.__name__, m.__doc__, sorted(k for k in vars(m) if k[0] != '_'))
f = types.FunctionType((lambda a: a + y).__code__, {'y': 10})
print(f(5), types.MethodType(lambda self, n: (self, n), 'me')(3))
p = types.MappingProxyType({'a': 1})
t(lambda: (p['a'], len(p), p))
def assign(): p['b'] = 2
t(assign)
