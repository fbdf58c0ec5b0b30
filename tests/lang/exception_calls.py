# Exceptions of a program's own classes, made over and over: their arguments, attributes and classes are right however
# `__new__` and `__init__` come about, and when they change on the way.
class Plain(Exception):
    pass
class Coded(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code
class More(Coded):
    def __init__(self, code, *rest, why='?'):
        super().__init__(code + 1)
        self.rest = rest, why
class Silent(Coded):
    def __init__(self, *args):
        self.seen = args
class Own(Exception):
    def __new__(cls, *args):
        e = super().__new__(cls, 'new', *args)
        e.made = len(args)
        return e
class Slotted(Exception):
    __slots__ = 'x',
    def __init__(self, x):
        self.x = x
class Stop(StopIteration):
    pass
class Exit(SystemExit):
    pass
class Os(OSError):
    pass
class Uni(UnicodeDecodeError):
    pass
class Mixed:
    def who(self):
        return type(self).__name__
class Both(Mixed, ValueError, LookupError):
    pass
class Odd(Exception):
    __init__ = object.__init__
class Bad(Exception):
    def __init__(self, x):
        return x
class Dies(Exception):
    def __del__(self):
        log.append(self.args)
class Meta(type):
    def __call__(cls, *args):
        return super().__call__('meta', *args)
class Metaed(Exception, metaclass=Meta):
    pass

log = []
def shown(e):
    d = dict(e.__dict__)
    return type(e).__name__, e.args, d, str(e), e.__traceback__ is None, e.__context__, e.__suppress_context__

def made(i):
    return [Plain(), Plain(i), Plain(i, 'x'), Coded(i), More(i, 2, 3), Silent(i, 4), Own(i), Slotted(i), Stop(i), Exit(i, 2),
            Os(2, 'gone', 'file'), Os(i), Uni('ascii', b'x', 0, 1, 'no'), Both(i), Metaed(i)]

for i in range(200):
    all = made(i)
for e in all:
    print(shown(e))
print(all[8].value, all[9].code, all[10].errno, all[10].filename, all[11].errno, all[12].object, all[13].who(), all[7].x)

def wrong(f, *args):
    out = []
    for i in range(60):
        try:
            out.append(shown(f(*args)))
        except Exception as e:
            out.append((type(e).__name__, str(e)))
    return out[-1], all_same(out)
def all_same(out):
    return all([x == out[0] for x in out])
del all
def all(items):
    for x in items:
        if not x:
            return False
    return True
def uni():
    return Uni('ascii')
def odd(*args):
    return Odd(*args)
def odd_one():
    return Odd(1)
def bad():
    return Bad(3)
def bad_none():
    return Bad(None)
def missing():
    return Coded()
def keyword():
    return Plain(x=1)
def keyword_more():
    return More(1, why=2)
def level(n):
    return Coded(n) if n else Plain(n)
for f in uni, odd, odd_one, bad, bad_none, missing, keyword, keyword_more:
    print(f.__name__, wrong(f))

def drop():
    for i in range(40):
        Dies(i)
drop()
import gc
gc.collect()
print(len(log), sorted(log)[:3])

# What changes while the call is hot.
def call(x):
    return shown(Coded(x))[1:3]
for i in range(100):
    call(i)
print(call(7))
def other(self, code):
    self.other = code
old, Coded.__init__ = Coded.__init__, other
print(call(7))
del Coded.__init__
print(call(7))
Coded.__init__ = old
print(call(7))
def new(cls, code):
    return Exception.__new__(cls, 'made', code)
Coded.__new__ = new
print(call(7))
Coded.__new__ = lambda cls, code: 5
print(Coded(1))
del Coded.__new__
try:
    print(call(7))
except TypeError as e:
    print(e)
def plain(x):
    return Plain(x).args
for i in range(100):
    plain(i)
Plain.__init__ = lambda self, x: None
print(plain(3), shown(Plain(4))[2])
Plain.__init__ = lambda self, x: super(Plain, self).__init__(x, x)
print(plain(3))
del Plain.__init__
print(plain(5), shown(Plain(4))[2])

# Raised and caught where they are made.
def raised(i):
    try:
        if i % 3 == 0:
            raise More(i)
        if i % 3 == 1:
            raise Both(i)
        raise Silent(i)
    except More as e:
        return e.code, e.__traceback__.tb_lineno - e.__traceback__.tb_frame.f_code.co_firstlineno
    except (Both, Silent) as e:
        return e.args, e.__traceback__.tb_frame is not None
print([raised(i) for i in range(100)][-3:])
import sys
def deep(n):
    try:
        return deep(n + 1)
    except RecursionError:
        return Coded(n)
sys.setrecursionlimit(200)
try:
    print(shown(deep(0))[2]['code'] > 100)
except RecursionError as e:
    print(type(e))
