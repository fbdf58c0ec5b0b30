# Keywords that the constructor of a derived class gets are its own: list, tuple, float and their like leave them alone.
# OSError takes its arguments in __init__ where a class has another one.


def show(f):
    try:
        r = f()
        print(type(r).__name__, repr(r))
    except Exception as e:
        print(type(e).__name__, e)


for base in list, tuple, float, set, frozenset, int, str, zip, reversed:
    class Plain(base):
        pass

    class Init(base):
        def __init__(self, *args, name=None, **more):
            self.name = name

    class New(base):
        def __new__(cls, *args, name=None):
            return base.__new__(cls, *args)

    for c in base, Plain, Init, New:
        for args in (), ([1, 2],), ([1], 2), (5,):
            if base in (zip, reversed):
                show(lambda: c(*args, name='x') and 0)
            else:
                show(lambda: c(*args, name='x'))


class Point(tuple):
    def __init__(self, items, name):
        self.name = name


p = Point([1, 2], name='p')
print(p, p.name)


class Low(OSError):
    def __init__(self, message, **more):
        self.message = message


class High(OSError):
    def __init__(self, number, text):
        super().__init__(number, text, 'file')


class Made(FileNotFoundError):
    def __new__(cls, *args, **kw):
        return FileNotFoundError.__new__(cls, *args)


class Missing(FileNotFoundError):
    pass


class Both(PermissionError):
    def __new__(cls, *args):
        return super().__new__(cls, *args)

    def __init__(self, *args):
        super().__init__(*args, 'more')


for f in (lambda: Low('text', a=1), lambda: High(2, 'no'), lambda: Made(2, 'no', a=1), lambda: Missing(2, 'no', 'f'),
          lambda: Missing(2, a=1), lambda: Both(1, 'a'), lambda: OSError(2, 'x'), lambda: OSError(a=1)):
    try:
        e = f()
    except TypeError as x:
        print('TypeError', x)
        continue
    print(repr(e), '|', e, '|', e.args, e.errno, e.strerror, e.filename)
e = OSError(1, 'a')
OSError.__init__(e, 2, 'b')
print(e.args, e.errno)
show(lambda: super(1, 2, 3, 4))
