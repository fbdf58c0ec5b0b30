# Attributes of exceptions of a program's classes: by shape until somebody wants the dict.
class A(Exception):
    kind = 'class'

    def __init__(self, x, y=2):
        self.x = x
        self.y = y


class B(A):
    pass


class Slotted(Exception):
    __slots__ = ('m',)


class Guarded(Exception):
    def __setattr__(self, name, value):
        print('set', name)
        super().__setattr__(name, value)


class Data(Exception):
    @property
    def code(self):
        return self._code * 2

    @code.setter
    def code(self, v):
        self._code = v

    def __init__(self, v):
        super().__init__(v, v)
        self.code = v


def show(e):
    print(type(e).__name__, e.args, sorted(vars(e).items()), vars(e) is e.__dict__, e)


for make in (lambda: A(1), lambda: B(3, y=4), lambda: Slotted(5), lambda: Guarded(6), lambda: Data(7)):
    e = make()
    e.first = 1
    e.second = [e.first]
    show(e)
    del e.first
    show(e)
    try:
        del e.first
    except AttributeError as missing:
        print(missing)
    e.first = 'again'
    print(list(vars(e)))
    d = e.__dict__
    d['through'] = 1
    print(e.through, e.__dict__ is d)
    e.__dict__ = {'only': 1}
    print(e.only, hasattr(e, 'first'), list(d)[:2])

e = A(1)
try:
    print(e.none)
except AttributeError as missing:
    print(missing)
e.kind = 'own'
print(e.kind, A.kind, A(2).kind)
del e.kind
print(e.kind)

# Another class, with what was there.
e = A(1)
e.__class__ = B
e.z = 3
show(e)
e.__class__ = Data
e.code = 4
show(e)

s = Slotted(1)
s.m = 'member'
s.own = 'own'
print(s.m, s.own, vars(s))

many = A(0)
for i in range(100):
    setattr(many, 'a%d' % i, i)
print(len(vars(many)), many.a0, many.a99)

b = ValueError('builtin')
b.x = 1
show(b)


class Many(ValueError, LookupError):
    pass


m = Many(1, 2)
m.note = 'n'
show(m)
