# Exceptions through finally bodies: tracebacks, chaining, what is handled.
import sys


def show(f, x):
    try:
        f(x)
    except Exception as e:
        t = e.__traceback__
        lines = []
        while t is not None:
            lines.append((t.tb_lineno, t.tb_lasti))
            t = t.tb_next
        context = e.__context__
        print(f.__name__, type(e).__name__, e, lines, type(context).__name__)


def raises(x):
    try:
        try:
            1 / x
        finally:
            x += 1
    finally:
        x += 1


def replaced(x):
    try:
        1 / 0
    finally:
        {}['k']


def in_returning(x):
    try:
        return x
    finally:
        x.nothing


def in_breaking(x):
    for i in range(3):
        try:
            break
        finally:
            [][i]


def reraised(x):
    try:
        1 / 0
    except ZeroDivisionError as e:
        try:
            raise
        finally:
            pass


def handled_is_restored(x):
    try:
        1 / 0
    except ZeroDivisionError:
        for i in range(2):
            try:
                {}[i]
            except KeyError:
                continue
            finally:
                print(sys.exc_info()[0].__name__)
        print(sys.exc_info()[0].__name__)
        raise


def bare_in_returning(x):
    try:
        return 1
    finally:
        raise


show(raises, 0)
show(replaced, None)
show(in_returning, 5)
show(in_breaking, None)
show(reraised, None)
show(handled_is_restored, None)
show(bare_in_returning, None)
print(sys.exc_info())


def unwound(n):
    try:
        if n:
            return unwound(n - 1)
        1 / 0
    finally:
        print('left', n)


unwound(2)
