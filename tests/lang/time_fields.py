# The fields of a time are C ints; a wait is any number.
def show(f, *a, **k):
    try:
        r = f(*a, **k)
        print('ok', r if isinstance(r, (int, str, bytes, float, list, tuple, dict, set, frozenset, type(None))) else type(r).__name__)
    except BaseException as e:
        print(type(e).__name__, e, '| cause', repr(e.__cause__), repr(e.__context__) if not e.__cause__ else '')
import time
for i in range(9):
    for v in (1 << 31, 1 << 63, 1 << 100, -1 << 31, -(1 << 31) - 1, 'a', 1.5, None):
        t = [2000, 1, 1, 0, 0, 0, 0, 1, 0]
        t[i] = v
        show(time.mktime, tuple(t)) if v != -1 << 31 and i > 0 else None
        show(time.asctime, tuple(t))
        show(time.strftime, '%d', tuple(t))
class A:
    def __index__(self): return 3
show(time.asctime, (2000, A(), 1, 0, 0, 0, 0, 1, 0))
class F(float): pass
class X:
    def __index__(self): return 0
class Y:
    def __float__(self): return 0.0
class FB(float):
    def __float__(self): return 'no'
show(time.sleep, F(0.0)); show(time.sleep, X()); show(time.sleep, Y()); show(time.sleep, True); show(time.sleep, FB(0))
show(time.sleep, -1); show(time.sleep, float('nan')); show(time.sleep, 'a'); show(time.sleep, 1e30); show(time.sleep, 1<<70); show(time.sleep, F('nan')); show(time.sleep, -1.5)
class XB:
    def __index__(self): raise KeyError(1)
show(time.sleep, XB())
