"""A class made where no module has a name shows its own name; a module may say itself which names it has."""
import sys
import types
ns = {}
exec('''
class A:
    class B:
        pass
    def f(self):
        class C:
            pass
        return C
''', ns)
A = ns['A']
A.__name__ = 'Other'
print(A, A.B, A().f(), [repr(o).split(' object')[0] for o in (A(), A.B(), A().f()())])
A.__module__ = 'm'
A.__qualname__ = 'x.y'
print(A, repr(A()).split(' object')[0])
A.__module__ = 'builtins'
print(A, repr(A()).split(' object')[0])
A.__module__ = 5
print(A, repr(A()).split(' object')[0])

m = types.ModuleType('m')
m.__dir__ = lambda: ['b', 'a', 'b']
print(dir(m), m.__dir__(), types.ModuleType.__dir__(m))
m.__dir__ = lambda: 5
try:
    dir(m)
except TypeError as e:
    print(e)
m.__dir__ = 5
try:
    dir(m)
except TypeError as e:
    print(e)
del m.__dir__
m.q = 1
print(sorted(dir(m)))
