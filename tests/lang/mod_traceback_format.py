# traceback: exceptions, chains and stacks as text; limits; repeated lines.
import sys
import traceback


def fail(n):
    if n:
        return fail(n - 1)
    raise ValueError('at the bottom')


def chained():
    try:
        fail(0)
    except ValueError as e:
        raise KeyError('k') from e


def nested():
    try:
        fail(0)
    except ValueError:
        undefined_name


for f in (lambda: fail(1), lambda: fail(6), chained, nested):
    try:
        f()
    except Exception as e:
        print(traceback.format_exc(), end='')
        print(traceback.format_exception_only(type(e), e))
        kept = e
print(traceback.format_exc())
print(''.join(traceback.format_exception(type(kept), kept, kept.__traceback__, chain=False)), end='')
try:
    fail(4)
except ValueError as e:
    for limit in (0, 1, 2, -1, -2):
        print(limit, traceback.format_tb(e.__traceback__, limit))
    traceback.print_exc(limit=1, file=sys.stdout)
    traceback.print_tb(e.__traceback__, -1, sys.stdout)


def outer():
    return inner()


def inner():
    print(traceback.format_stack(limit=-2))
    traceback.print_stack(limit=1, file=sys.stdout)
    return [(f.name, f.lineno, f.line) for f in traceback.extract_stack()]


print(outer())


class Silent(Exception):
    pass


class Bad(Exception):
    def __str__(self):
        raise RuntimeError


print(traceback.format_exception_only(Silent, Silent()), traceback.format_exception_only(Bad, Bad()))
print(traceback.format_exception_only(KeyError, KeyError('a\nb')), traceback.format_exception_only(None, None))
s = SyntaxError('bad', ('f.py', 3, 5, '  x = = 1\n'))
print(traceback.format_exception_only(SyntaxError, s), traceback.format_exception(SyntaxError, s, None))
