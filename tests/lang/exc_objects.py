# exceptions as objects: args, str, repr, attributes, classes
for e in (ValueError(), ValueError('a'), ValueError('a', 1), KeyError('k'), KeyError(), IndexError('i'), SystemExit(5), SystemExit(), StopIteration(3), OSError(2, 'text'), OSError('one'), ImportError('m'), Exception(None)):
    print(repr(e), str(e), e.args, type(e).__name__)
print(isinstance(ValueError(), Exception), isinstance(KeyError(), LookupError), isinstance(SystemExit(), Exception), issubclass(KeyError, LookupError), ValueError.__name__, ValueError)
e = ValueError('x')
print(e.__cause__, e.__context__, e.__traceback__, e.__suppress_context__)
try:
    raise e
except ValueError as x:
    print(x is e, e.__traceback__ is not None)
e.extra = 5
print(e.extra, StopIteration(7).value, SystemExit(9).code)
def t(f):
    try:
        print(f())
    except Exception as q:
        print(type(q).__name__, q)
t(lambda: ValueError(a=1))
t(lambda: e.missing)
class_ = KeyError
try:
    raise class_('dyn')
except class_ as k:
    print(k)
