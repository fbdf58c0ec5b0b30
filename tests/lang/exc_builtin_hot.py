# exceptions of builtin classes made and raised in loops: arguments, text, contexts, and who has values of his own
import sys

N = 3000
CLASSES = (
    BaseException, Exception, ValueError, KeyError, IndexError, LookupError, TypeError, ZeroDivisionError,
    RuntimeError, RecursionError, StopIteration, SystemExit, OSError, ImportError, GeneratorExit, AssertionError,
    MemoryError, KeyboardInterrupt, StopAsyncIteration, UnicodeError, FileNotFoundError,
)


def make(c):
    seen = []
    for i in range(N):
        for e in (c(), c(1), c('a', i % 2), c((1, 2))):
            told = (type(e).__name__, e.args, str(e), repr(e), e.__context__, e.__cause__, e.__traceback__)
            if told not in seen:
                seen.append(told)
        if i == 20:
            break
    return seen


def value_error(n):
    t = 0
    for i in range(n):
        try:
            raise ValueError(i, 'x')
        except ValueError as e:
            t += e.args[0] + len(e.args)
            e.note = i
            t += e.note + len(e.__dict__)
    return t


def key_error(n):
    last = None
    for i in range(n):
        try:
            try:
                raise KeyError('k%d' % (i % 3))
            except KeyError as e:
                raise LookupError(i) from e
        except (LookupError, OSError) as e:
            tb = e.__traceback__
            last = (str(e), e.args, repr(e.__cause__), e.__context__ is e.__cause__, tb.tb_lineno, tb.tb_next)
    return last


def none(n):
    t = 0
    for i in range(n):
        try:
            if i % 2:
                raise StopIteration(i)
            raise SystemExit(i)
        except StopIteration as e:
            t += e.value
        except SystemExit as e:
            t += e.code
        try:
            raise IndexError()
        except IndexError as e:
            t += len(e.args)
    return t


def replaced(n):
    global ValueError
    out = []
    was = ValueError
    for i in range(n):
        if i == n // 2:
            class ValueError(was):
                pass
        e = ValueError(i)
        if i in (0, n - 1):
            out.append((type(e) is was, type(e).__name__, e.args))
    ValueError = was
    return out


def deep(n):
    e = IndexError(n)
    return e.args[0] if n == 0 else deep(n - 1) + e.args[0]


def keywords():
    try:
        return ValueError(a=1)
    except TypeError as e:
        return str(e)


for c in CLASSES:
    print(make(c))
print(value_error(N), key_error(N), none(N), replaced(N), keywords())
print(deep(400), [deep(50) for _ in range(100)][-1])


def limit():
    levels = 0

    def down():
        nonlocal levels
        levels += 1
        e = IndexError(levels)
        return down() + len(e.args)
    try:
        down()
    except RecursionError as e:
        return str(e), levels > 100


sys.setrecursionlimit(200)
print([limit() for _ in range(60)][-1])
