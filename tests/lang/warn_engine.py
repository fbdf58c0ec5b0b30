# Warnings of the compiler and of conversions, as the filters say; io.UnsupportedOperation has two bases.
import warnings, io
def show(f):
    with warnings.catch_warnings(record=True) as w:
        warnings.simplefilter("always")
        try:
            r = f()
        except Exception as e:
            r = type(e).__name__, e
        print(r if not hasattr(r, "co_code") else "code", [(x.category.__name__, str(x.message), x.filename, x.lineno) for x in w])
def err(src):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            compile(src, "<t>", "exec")
            print("fine")
        except SyntaxError as e:
            print(type(e).__name__, e.msg, e.filename, e.lineno, e.offset, e.text, e.__context__)
        except Warning as e:
            print("warning", e)
for src in ("x is 1", "\n\nassert (1, 'x')", "'\\d'", "b'\\u'", "'ok\\n'", "r'\\d'", "x = '''a\n\\q\n\\z'''", "f'\\d{1}'", "'a' '\\y' '\\w'",
            "def f():\n    return 'x' is y", "1()", "'\\é'", "'\\\n\\8'"):
    show(lambda: compile(src, "<t>", "exec"))
    err(src)
show(lambda: exec("'\\d'"))
show(lambda: eval("1 is 1"))
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("ignore")
    compile("x is 1", "<t>", "exec")
    print(w)
class F(float): pass
class I(int): pass
class A:
    def __float__(self): return F(1.5)
    def __int__(self): return I(3)
    def __index__(self): return True
class B:
    def __int__(self): return True
show(lambda: float(A()))
show(lambda: int(A()))
show(lambda: [1, 2][A()])
show(lambda: int(B()))
show(lambda: int("12", A()) if 0 else hex(A()))
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        float(A())
    except DeprecationWarning as e:
        print("error", e)
U = io.UnsupportedOperation
print(issubclass(U, OSError), issubclass(U, ValueError), U.__bases__, [c.__name__ for c in U.__mro__])
try:
    io.StringIO().fileno()
except ValueError as e:
    print(type(e) is U, isinstance(e, OSError), e)
class V(U): pass
print([c.__name__ for c in V.__mro__])
try:
    raise V(1)
except ValueError as e:
    print(repr(e))
