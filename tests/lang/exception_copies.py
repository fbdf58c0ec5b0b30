# Exceptions are copied: what __reduce__ gives, with attributes, names of files and modules.
import copy


class Plain(Exception):
    pass


class Init(ValueError):
    def __init__(self, a, b=2):
        super().__init__(a, b)
        self.a = a
        self.extra = [b]


class Slots(KeyError):
    __slots__ = 'x',


def show(e):
    c, d = copy.copy(e), copy.deepcopy(e)
    for x in c, d:
        print(type(x).__name__, x.args, x.__dict__, x.__cause__, x.__traceback__, str(x), repr(x))
    print(c is e, d is e, d.args is e.args)


for e in Plain(), Plain(1, 'two', [3]), Init('x'), Slots('k'), StopIteration(7), SystemExit(3), ValueError('v'):
    show(e)
e = Plain(1)
e.note = ['n']
c, d = copy.copy(e), copy.deepcopy(e)
print(c.note is e.note, d.note is e.note, d.note, e.__reduce__(), Plain(2).__reduce__(), e.__reduce_ex__(4))
e = OSError(2, 'gone', 'a', None, 'b')
print(e.__reduce__(), OSError(2, 'gone', 'a').__reduce__(), OSError('x').__reduce__(), OSError(1, 2).__reduce__())
c = copy.copy(e)
print(type(c), c.errno, c.filename, c.filename2, str(c))
e = ImportError('m', name='n', path='p')
e.more = 1
print(e.__reduce__()[2], e.__dict__, ImportError('m').__reduce__(), ImportError('m', path='q').__reduce__())
c = copy.copy(e)
print(c.msg, c.name, c.path, c.more, c.__dict__)
u = UnicodeDecodeError('utf-8', b'ab', 0, 1, 'why')
print(u.__reduce__(), str(copy.copy(u)))
s = SyntaxError('m', ('f', 1, 2, 't'))
print(s.__reduce__(), copy.copy(s).lineno)
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise Plain('chained') from e
except Plain as e:
    c = copy.copy(e)
    print(c.__cause__, c.__context__, c.__traceback__, c.__suppress_context__)
for bad in lambda: Plain.__reduce__(1), lambda: Plain().__reduce__(1), lambda: Plain().__setstate__(1):
    try:
        bad()
    except TypeError as e:
        print(e)
