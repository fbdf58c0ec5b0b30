"""Assigning to f_lineno in a tracer: where it may jump, and what it refuses."""
import sys


def jump(f, start, to, *args):
    """Runs f; at its line `start` (counted from the def) it jumps to line `to`, once."""
    code = f.__code__
    done = []

    def tracer(frame, event, arg):
        if frame.f_code is not code:
            return None
        if event == "line" and not done and frame.f_lineno == code.co_firstlineno + start:
            done.append(1)
            try:
                frame.f_lineno = code.co_firstlineno + to
            except ValueError as e:
                print("   refused:", e)
        return tracer

    out = []
    sys.settrace(tracer)
    try:
        f(out, *args)
    except Exception as e:
        print("   raised", type(e).__name__, e)
    sys.settrace(None)
    print(f.__name__, start, to, out, len(done))


def straight(out):
    out.append(1)
    out.append(2)
    out.append(3)
    out.append(4)


def loops(out):
    out.append(1)
    for i in (1, 2, 3):
        out.append(i * 10)
        for j in "ab":
            out.append(j)
            out.append(j + j)
        out.append(i * 100)
    out.append(8)
    while len(out) < 5:
        out.append(9)
    out.append(10)


def tries(out):
    out.append(1)
    try:
        out.append(2)
        out.append(3)
    except ValueError:
        out.append(4)
        out.append(5)
    finally:
        out.append(6)
        out.append(7)
    out.append(8)


def handled(out):
    try:
        raise KeyError(1)
    except KeyError as e:
        out.append(repr(e))
        out.append(4)
        out.append(5)
    out.append(6)


def returning(out):
    for i in (1, 2):
        try:
            out.append(i)
            if i == 2:
                return out
        finally:
            out.append(5)
            out.append(6)
            out.append(7)
    out.append(8)


for f, n in ((straight, 4), (loops, 10), (tries, 10), (handled, 6), (returning, 8)):
    for start in range(1, n + 1):
        for to in range(0, n + 3):
            if start != to:
                jump(f, start, to)


def values(v):
    def f(out):
        out.append(1)
        out.append(2)

    def tracer(frame, event, arg):
        if frame.f_code is f.__code__:
            try:
                frame.f_lineno = v
            except Exception as e:
                print(event, type(e).__name__, e)
        return tracer

    sys.settrace(tracer)
    f([])
    sys.settrace(None)


for v in (True, 1.5, "a", None, 2 ** 31, -(2 ** 40), 10 ** 30, 0, -1, 10 ** 6):
    values(v)
try:
    sys._getframe().f_lineno = 3
except ValueError as e:
    print(e)
sys._getframe().f_trace = print
try:
    sys._getframe().f_lineno = 3
except ValueError as e:
    print(e)
