# exception objects: constructors, fields, text
def t(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e, e.args)
def seta(o, n, v):
    setattr(o, n, v)
    return getattr(o, n)
for e in [Exception(), Exception(1), Exception(1, 2), Exception('a'), Exception(''), Exception(None), KeyError('a'), KeyError(''), KeyError('a', 'b'), KeyError(), KeyError((1, 2)), IndexError('i'), StopIteration(), StopIteration(5), StopIteration(5, 6), SystemExit(), SystemExit(3), SystemExit(1, 2), OSError(), OSError(1), OSError('x'), OSError(2, 'no'), OSError(2, 'no', 'f'), OSError(2, 'no', 'f', None, 'g'), OSError(13, 'p'), OSError('a', 'b'), OSError(1, 2, 3, 4, 5, 6), FileNotFoundError(1, 'x'), ImportError('m'), ImportError('m', name='n', path='p'), ImportError(), ImportError('a', 'b'), ModuleNotFoundError('x', name='y'), SyntaxError(), SyntaxError('m'), SyntaxError('m', ('f.py', 3, 4, 'text')), SyntaxError('m', ('/a/b/f.py', None, 4, 'text')), SyntaxError('m', (None, 3, 4, 'text')), UnicodeEncodeError('utf-8', 'a\ud800b', 1, 2, 'why'), UnicodeEncodeError('utf-8', 'abc', 0, 2, 'why'), UnicodeTranslateError('abc', 1, 2, 'why'), ZeroDivisionError('z'), RecursionError('r'), KeyboardInterrupt(), AssertionError((1,)), UnicodeError('u')]:
    print(type(e).__name__, '|', str(e), '|', repr(e), '|', e.args)
t(lambda: StopIteration(5, 6).value)
t(lambda: StopIteration().value)
t(lambda: SystemExit(1, 2).code)
t(lambda: SystemExit(1).code)
t(lambda: SystemExit().code)
t(lambda: OSError(2, 'no', 'f').errno)
t(lambda: OSError(2, 'no', 'f').strerror)
t(lambda: OSError(2, 'no', 'f').filename)
t(lambda: OSError(2, 'no', 'f').filename2)
t(lambda: OSError('x').errno)
t(lambda: ImportError('m', name='n', path='p').name)
t(lambda: ImportError('m', name='n', path='p').path)
t(lambda: ImportError('m').msg)
t(lambda: ImportError('m', foo=1))
t(lambda: Exception(foo=1))
t(lambda: KeyError(x=1))
s = SyntaxError('m', ('f.py', 3, 4, 'text'))
t(lambda: (s.msg, s.filename, s.lineno, s.offset, s.text, s.print_file_and_line))
t(lambda: seta(s, 'lineno', 9))
t(lambda: str(s))
u = UnicodeEncodeError('utf-8', 'abc', 0, 2, 'why')
t(lambda: (u.encoding, u.object, u.start, u.end, u.reason))
t(lambda: UnicodeEncodeError('a'))
t(lambda: UnicodeEncodeError(1, 2, 3, 4, 5))
t(lambda: UnicodeEncodeError('a', 'b', 'c', 4, 'd'))
e = Exception('a', 1)
t(lambda: seta(e, 'args', [1, 2]))
t(lambda: seta(e, 'args', 5))
t(lambda: delattr(e, 'args'))
t(lambda: e.foo)
t(lambda: seta(e, 'foo', 1))
t(lambda: e.__dict__)
t(lambda: delattr(e, 'foo'))
t(lambda: delattr(e, 'foo'))
for n in ['__cause__', '__context__', '__traceback__', '__suppress_context__', '__dict__']:
    t(lambda: getattr(e, n))
    t(lambda: seta(e, n, 5))
    t(lambda: delattr(e, n))
t(lambda: seta(e, '__cause__', KeyError(1)))
t(lambda: e.__suppress_context__)
t(lambda: seta(e, '__suppress_context__', False))
t(lambda: seta(e, '__cause__', None))
t(lambda: seta(e, '__context__', ValueError()))
t(lambda: e.with_traceback(None) is e)
t(lambda: e.with_traceback(5))
def r0():
    raise
t(r0)
def r1(x):
    raise x
t(lambda: r1(5))
t(lambda: r1(int))
t(lambda: r1(ValueError))
t(lambda: r1(ValueError('v')))
t(lambda: r1(None))
def r2(x, y):
    raise x from y
t(lambda: r2(ValueError, None))
t(lambda: r2(ValueError, 5))
t(lambda: r2(ValueError, int))
t(lambda: r2(5, KeyError))
t(lambda: r2(ValueError, KeyError))
try:
    r2(ValueError, KeyError('k'))
except ValueError as x:
    print(repr(x.__cause__), x.__suppress_context__, x.__context__)
    tb = x.__traceback__
    print(type(tb).__name__, tb.tb_lineno - tb.tb_next.tb_lineno, tb.tb_next.tb_next)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError('second')
except KeyError as x:
    print(repr(x.__context__), x.__cause__, x.__suppress_context__)
try:
    raise ValueError(1) from None
except ValueError as x:
    print(x.__cause__, x.__suppress_context__)
import sys
try:
    raise ValueError('v')
except ValueError as x:
    i = sys.exc_info()
    print(i[0], i[1] is x, i[2] is x.__traceback__)
print(sys.exc_info())
t(lambda: sys.exit())
t(lambda: sys.exit(None))
t(lambda: sys.exit(3))
t(lambda: sys.exit('msg'))
t(lambda: sys.exit((1, 2)))
t(lambda: sys.exit([1]))
t(lambda: sys.exit(1, 2))
print(issubclass(ModuleNotFoundError, ImportError), IOError is OSError, EnvironmentError is OSError)
def m():
    try:
        raise KeyError
    except (ValueError, KeyError) as e:
        return repr(e)
print(m())
def m2():
    try:
        raise KeyError
    except 5:
        return 1
t(m2)
def m3():
    try:
        raise KeyError
    except (ValueError, 5):
        return 1
t(m3)
