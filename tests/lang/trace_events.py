import sys
log = []
def show(a):
    if a is None or type(a) in (int, str): return a
    if type(a) is tuple: return a[0].__name__ + ': ' + str(a[1])
    return getattr(a, '__name__', '?')
def prof(frame, event, arg):
    log.append((event, frame.f_code.co_name, frame.f_lineno, show(arg)))
def f(x):
    l = [x]
    l.append(len(l))
    s = sorted(l, key=lambda v: v)
    try:
        l.pop('a')
    except TypeError:
        pass
    try:
        getattr(l, 'nope')
    except AttributeError:
        pass
    int('3')
    return max(g(x), 3)
def g(x):
    if x > 2: raise ValueError(x)
    return x
def outer(x):
    def inner():
        sys.setprofile(prof)
        return 5
    inner()
    r = f(x)
    return r
try:
    print(outer(1))
except ValueError: pass
print('mid')
try:
    print(outer(3))
except ValueError: pass
sys.setprofile(None)
for x in log: print(x)
# both, opcodes, f_trace_lines
log.clear()
def tr(frame, event, arg):
    frame.f_trace_opcodes = True
    frame.f_trace_lines = False
    log.append((event, frame.f_code.co_name, frame.f_lineno, frame.f_lasti, show(arg)))
    return tr
def h(a, b):
    c = a + b
    for i in range(2):
        c += i
    return c
sys.settrace(tr); sys.setprofile(prof)
h(1, 2)
sys.setprofile(None); sys.settrace(None)
for x in log: print(x)
print(sys.gettrace(), sys.getprofile())
# a tracer that raises
def bad(frame, event, arg):
    if event == 'line' and frame.f_lineno == 55: pass
    if event == kind: raise RuntimeError(event)
    return bad
import sys
def tbs(e):
    t = e.__traceback__
    out = []
    while t is not None:
        out.append((t.tb_frame.f_code.co_name, t.tb_lineno, t.tb_lasti))
        t = t.tb_next
    return out
def k(z):
    y = z
    try:
        y = 1 // z
    except ZeroDivisionError:
        y = 0
    return y
for kind in ('call', 'line', 'return', 'exception'):
    sys.settrace(bad)
    try:
        k(0)
    except RuntimeError as e:
        print(kind, repr(e), tbs(e), sys.gettrace())
    sys.settrace(None)
for kind in ('call', 'return', 'c_call', 'c_return', 'c_exception'):
    sys.setprofile(bad)
    try:
        k(0); len([]); len(3)
    except (RuntimeError, TypeError) as e:
        print(kind, repr(e), tbs(e), sys.getprofile())
    sys.setprofile(None)
# local functions and f_trace
def loc(frame, event, arg):
    print('loc', event, frame.f_lineno)
    if frame.f_lineno == 95: return None
    return loc2
def loc2(frame, event, arg):
    print('loc2', event, frame.f_lineno)
def glob(frame, event, arg):
    print('glob', event, frame.f_lineno)
    return loc if frame.f_code.co_name == 'm' else None
def m():
    a = 1
    n()
    b = 2
    return a
def n():
    return 1
sys.settrace(glob)
m()
sys.settrace(None)
def late():
    x = 1
    fr = sys._getframe()
    fr.f_trace = loc2
    fr.f_back.f_trace = loc2
    sys.settrace(glob)
    y = 2
    y = 3
    return y
def callslate():
    late()
    return 1
callslate()
sys.settrace(None)
print(sys._getframe().f_trace is loc2)
sys._getframe().f_trace = None
# locals written by a tracer
def wr(frame, event, arg):
    if event == 'line' and 'q' in frame.f_locals:
        frame.f_locals['q'] = 42
    return wr
def u():
    q = 1
    q
    return q
sys.settrace(wr)
v = u()
sys.settrace(None)
print(v)
