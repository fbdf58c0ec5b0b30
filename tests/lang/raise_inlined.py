# Exceptions that leave small functions, which may be built into their callers, and recursion.
import sys

def lines(e):
    out = []
    t = e.__traceback__
    while t is not None:
        f = t.tb_frame
        out.append((f.f_code.co_name, t.tb_lineno - f.f_code.co_firstlineno, sorted(f.f_locals.items())
                    if f.f_code.co_name in ('a', 'b', 'c') else None))
        t = t.tb_next
    return out

def c(x, y=2):
    z = x * y
    if z % 3 == 0:
        raise LookupError(z)
    return z

def b(x):
    w = x + 1
    return c(w) + 1

def a(x):
    try:
        return b(x)
    except KeyError:
        return None

def main(n):
    t = 0
    for i in range(n):
        try:
            t += a(i)
        except LookupError as e:
            t -= 1
            keep = e
    return t, lines(keep), keep.__traceback__.tb_next.tb_frame.f_back is not None

def catches(x):
    try:
        return c(x)
    except LookupError:
        return sys.exc_info()[1].args[0], sys.exc_info()[2].tb_next.tb_lineno

def rethrows(x):
    try:
        return b(x)
    except LookupError:
        x = -1
        raise

def wraps(x):
    try:
        return b(x)
    except LookupError as e:
        raise ValueError(x) from e

def cleans(x, log):
    try:
        return b(x)
    finally:
        log[0] += 1

def deep(n):
    if n == 0:
        raise OverflowError('bottom')
    return deep(n - 1) + 1

def forms(n):
    log = [0]
    t = 0
    for i in range(n):
        for f in (rethrows, wraps):
            try:
                t += f(i)
            except LookupError as e:
                t -= 2
                one = lines(e)
            except ValueError as e:
                t -= 3
                two = lines(e), lines(e.__cause__)
        try:
            t += cleans(i, log)
        except LookupError as e:
            three = lines(e)
        v = catches(i)
        try:
            deep(i % 7)
        except OverflowError as e:
            four = len(lines(e))
    return t, one, two, three, v, four, log, sys.exc_info()

def still_handled(n):
    # What is handled in the caller is not what the callee raises and catches.
    out = set()
    for i in range(n):
        try:
            raise KeyError('mine')
        except KeyError:
            catches(2)
            out.add(repr(sys.exc_info()[1]))
            try:
                b(2)
            except LookupError as e:
                out.add(repr(e.__context__))
            out.add(repr(sys.exc_info()[1]))
    return sorted(out), sys.exc_info()

print(main(400))
print(forms(300))
print(still_handled(200))
print(rethrows(2))
