# Attribute sites that have found something, and then it changes in the middle of the loop.
import sys


class P:
    k = 'class'

    def __init__(self, x):
        self.x = x

    def get(self):
        return self.x


class Q(P):
    pass


def loop(o, change, n=12, at=8):
    out = []
    for i in range(n):
        if i == at:
            change(o)
        try:
            out.append((o.x, o.k, o.get()))
        except (AttributeError, TypeError) as e:
            out.append(repr(e))
    return out[at - 1:at + 2]


def fresh():
    class B:
        k = 'base'

        def get(self):
            return ('get', self.x)

    class C(B):
        def __init__(self, x):
            self.x = x
    return B, C


def run(name, change):
    B, C = fresh()
    o = C(1)
    print(name, loop(o, lambda o: change(o, B, C)))


run('nothing', lambda o, B, C: None)
run('class attribute', lambda o, B, C: setattr(C, 'k', 'own'))
run('base attribute', lambda o, B, C: setattr(B, 'k', 'new'))
run('instance over class', lambda o, B, C: setattr(o, 'k', 'mine'))
run('method', lambda o, B, C: setattr(B, 'get', lambda self: 'other'))
run('method below', lambda o, B, C: setattr(C, 'get', lambda self: 'below'))
run('method of the instance', lambda o, B, C: setattr(o, 'get', lambda: 'bare'))
run('no method', lambda o, B, C: delattr(B, 'get'))
run('property over instance', lambda o, B, C: setattr(C, 'x', property(lambda self: 'prop')))
run('property in the base', lambda o, B, C: setattr(B, 'x', property(lambda self: 'prop')))
run('plain over instance', lambda o, B, C: setattr(C, 'x', 'hidden'))
run('deleted', lambda o, B, C: delattr(o, 'x'))
run('dict taken', lambda o, B, C: o.__dict__.update(x='dict', k='dict too'))
run('dict set', lambda o, B, C: setattr(o, '__dict__', {'x': 7}))
run('getattribute', lambda o, B, C: setattr(C, '__getattribute__', lambda s, n: 'all ' + n))
run('getattr', lambda o, B, C: (setattr(C, '__getattr__', lambda s, n: 'else ' + n), delattr(o, 'x')))
run('static', lambda o, B, C: setattr(C, 'get', staticmethod(lambda: 'static')))
run('class method', lambda o, B, C: setattr(C, 'get', classmethod(lambda c: c.__name__)))
run('callable object', lambda o, B, C: setattr(C, 'get', P))


def other_class(o, B, C):
    class D:
        k = 'D'
        def get(self): return ('D', self.x)
    o.__class__ = D


def other_bases(o, B, C):
    class D:
        k = 'D'
        def get(self): return ('D', self.x)
    C.__bases__ = (D,)


run('__class__', other_class)
run('__bases__', other_bases)


class Desc:
    pass


def gains_get(o, B, C):
    Desc.__get__ = lambda self, o, t: 'gained'


def object_in_class():
    class C:
        v = Desc()
    o = C()
    out = []
    for i in range(12):
        if i == 8:
            Desc.__get__ = lambda self, o, t: 'gained'
        out.append((o.v == 'gained', C.v == 'gained'))
    del Desc.__get__
    print('object that becomes a descriptor', out[7:10])


object_in_class()


# Stores.
def stores(change, n=12, at=8):
    B, C = fresh()
    o = C(0)
    out = []
    for i in range(n):
        if i == at:
            change(o, B, C)
        try:
            o.x = i
            out.append(o.x)
        except AttributeError as e:
            out.append(repr(e))
    print(out[at - 1:at + 2], list(vars(o).items()))


def sets(log):
    class D:
        def __get__(self, o, t): return 'D'
        def __set__(self, o, v): log.append(v)
    return D()


log = []
stores(lambda o, B, C: None)
stores(lambda o, B, C: setattr(C, 'x', sets(log)))
stores(lambda o, B, C: setattr(B, 'x', property(lambda s: 'ro')))
stores(lambda o, B, C: setattr(C, '__setattr__', lambda s, n, v: log.append((n, v))))
stores(lambda o, B, C: delattr(o, 'x'))
stores(lambda o, B, C: setattr(o, 'new', 1))
stores(lambda o, B, C: o.__dict__)
print(log)


# Adding attributes: many instances, some of other shapes.
def adding():
    class C:
        pass
    all = []
    for i in range(30):
        c = C()
        if i % 3 == 1:
            c.first = i
        if i == 20:
            C.b = property(lambda s: 'b', lambda s, v: None)
        c.a = i
        c.b = i + 1
        c.c = i + 2
        all.append(c)
    print([tuple(vars(c)) for c in all[:4]], [tuple(vars(c)) for c in all[19:22]], all[22].b)


adding()


# Slots.
class S:
    __slots__ = ('a', 'b')


def slots():
    s = S()
    out = []
    for i in range(12):
        if i == 6:
            del s.a
        try:
            if i != 6:
                s.a = i
            out.append(s.a)
        except AttributeError as e:
            out.append(repr(e))
    S.a2 = S.a
    s.a2 = 'two'
    print(out, s.a)


slots()


# Classes and modules as receivers.
def of_class():
    class C:
        v = 1
        def f(): return 'f'
        @classmethod
        def c(cls): return cls.__name__
    class D(C):
        pass
    out = []
    for i in range(14):
        if i == 8:
            C.v = 2
        if i == 9:
            D.v = 3
        if i == 10:
            C.f = staticmethod(lambda: 'g')
        if i == 11:
            D.c = classmethod(lambda cls: 'D.c')
        for k in (C, D):
            out.append((k.v, k.f(), k.c()))
    print(out[14:])


of_class()


def of_module():
    sys.some_global = 0
    out = []
    for i in range(14):
        if i == 8:
            sys.some_global = 'new'
        if i == 10:
            del sys.some_global
        if i == 12:
            sys.some_global = 'again'
        try:
            out.append(sys.some_global)
        except AttributeError as e:
            out.append(repr(e))
    del sys.some_global
    print(out[6:])


of_module()


# Many shapes at one site.
def many():
    classes = []
    for i in range(9):
        class C:
            k = i
            def m(self): return (self.k, self.x)
        classes.append(C)
    out = []
    for r in range(4):
        for c in classes:
            o = c()
            o.x = r
            out.append(o.m())
    print(out[-9:])


many()


# More attributes than there are slots.
def wide():
    class W:
        pass
    out = []
    for r in range(3):
        w = W()
        for i in range(70):
            setattr(w, 'a%d' % i, i)
        for i in range(5):
            w.a3 = w.a69 + w.a3
        out.append((w.a3, len(vars(w))))
    print(out)


wide()


# The loop changes the shape each time round.
def growing():
    class C:
        n = 0
    o = C()
    for i in range(40):
        setattr(o, 'x%d' % (i % 20), i)
        o.n = o.n + 1
        if i % 10 == 9:
            del o.n
    print(o.n if 'n' in vars(o) else C.n, len(vars(o)))


growing()
