"""Events of sys.settrace with their lines and offsets: loops, finally, nested calls, exceptions, jumps back."""
import sys
log = []
def tracer(frame, event, arg):
    a = arg
    if event == 'exception':
        a = (arg[0].__name__, str(arg[1]), arg[2] is not None)
    log.append((event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, frame.f_lasti, repr(a) if event != 'call' else a))
    return tracer

def loops(n):
    t = 0
    for i in range(n):
        if i % 2:
            continue
        t += i
    else:
        t += 100
    while n:
        n -= 1
        if n == 1: break
    return t

def fin(x):
    try:
        try:
            return 1 // x
        except ZeroDivisionError as e:
            y = str(e)
        finally:
            z = 1
        return (y,
                z)
    finally:
        w = 2

def nested(a):
    def inner(b):
        return b + \
            a
    return inner(
        3
    ) + inner(4)

def raiser():
    def g():
        raise ValueError('x')
    for i in (1, 2):
        try:
            g()
        except ValueError:
            pass
        except KeyError:
            pass
    g()

def one(): return [1,
   2, 3]

def lam():
    f = lambda x: x * 2; g = f(2)
    return sorted([3, 1, 2], key=lambda v: -v)

def run(f, a):
    log.clear()
    sys.settrace(tracer)
    try:
        r = f(a) if a is not None else f()
    except Exception as e:
        r = e
    sys.settrace(None)
    print(f.__name__, repr(r))
    for x in log: print('  ', x)
def comp(n):
    while n > 0:
        n = n - 1 if n < 3 else \
            n - 2
    if n: x = 1
    else: x = 2
    assert x, "no"
    try:
        pass
    finally:
        x = 3
    for a in []:
        pass
    for q in range(2): continue
    while True:
        break
    return
run(loops, 4); run(fin, 1); run(fin, 0); run(nested, 1); run(raiser, None); run(one, None); run(lam, None); run(comp, 5)
