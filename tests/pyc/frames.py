# What a program sees of its own code and frames: bytes, offsets, lines, trace events.
import sys


def offsets(n):
    seen = []
    for i in range(n):
        try:
            seen.append(sys._getframe().f_lasti)
            if i:
                break
        finally:
            seen.append((sys._getframe().f_lasti, sys._getframe().f_lineno))
    return seen


def kept(x):
    while x:
        try:
            return sys._getframe().f_lasti
        finally:
            x = sys._getframe().f_lasti


print(offsets(3), kept(1))
for f in (offsets, kept):
    c = f.__code__
    print(c.co_code.hex(), c.co_lnotab.hex(), c.co_stacksize, c.co_names, c.co_flags)


def outer():
    return inner()


def inner():
    f = sys._getframe(1)
    return f.f_code.co_name, f.f_lasti, f.f_lineno, f.f_code.co_code[f.f_lasti]


print(outer())


def traced(xs):
    out = []
    for x in xs:
        try:
            if x == 1:
                continue
            if x == 3:
                break
            out.append(x)
        except ZeroDivisionError:
            pass
        finally:
            out.append('f')
    return out


events = []


def tracer(frame, event, arg):
    events.append((event, frame.f_lineno - frame.f_code.co_firstlineno, frame.f_lasti))
    return tracer


sys.settrace(tracer)
result = traced([0, 1, 2, 3, 4])
sys.settrace(None)
print(result)
for e in events:
    print(*e)
