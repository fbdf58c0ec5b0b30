import sys
def f():
    x = 1
    raise ValueError('a')
try:
    f()
except ValueError as e:
    tb = e.__traceback__
    err = e
TB = type(tb)
print(TB)
def t(g):
    try: print(g())
    except Exception as e: print(type(e).__name__, e)
fr = tb.tb_frame
t(lambda: TB())
t(lambda: TB(None, fr, 1))
t(lambda: TB(1, fr, 1, 2))
t(lambda: TB(None, 1, 1, 2))
t(lambda: TB(None, fr, 'a', 2))
t(lambda: TB(None, fr, 1, 1.5))
t(lambda: TB(None, fr, 1, 2, 3))
t(lambda: TB(tb_next=None, tb_frame=fr, tb_lasti=1, tb_lineno=2).tb_lineno)
t(lambda: TB(tb, fr, 7, 2**40))
n = TB(tb, fr, 7, 99)
print(n.tb_next is tb, n.tb_frame is fr, n.tb_lasti, n.tb_lineno)
def set(o, k, v):
    try: setattr(o, k, v); print('ok')
    except Exception as e: print(type(e).__name__, e)
def dele(o, k):
    try: delattr(o, k); print('ok')
    except Exception as e: print(type(e).__name__, e)
for k in ('tb_next', 'tb_frame', 'tb_lasti', 'tb_lineno', 'x'):
    set(n, k, 1)
    dele(n, k)
set(tb, 'tb_next', n)
set(tb, 'tb_next', tb)
set(n, 'tb_next', None)
print(n.tb_next)
print(err.with_traceback(n) is err, err.__traceback__ is n)
set(err, '__traceback__', 3)
dele(err, '__traceback__')
set(err, '__traceback__', None)
print(err.__traceback__)
t(lambda: err.with_traceback(3))
print(tb.tb_frame.f_code.co_name, tb.tb_next.tb_frame.f_code.co_name, tb.tb_next.tb_frame.f_locals, tb.tb_next.tb_frame.f_back is tb.tb_frame)
print(tb.tb_frame is sys._getframe())
print(sys.exc_info())
try:
    raise KeyError(1)
except KeyError:
    a = sys.exc_info()
    print(a[0], a[1], a[2].tb_lineno)
    try: 1/0
    except ZeroDivisionError:
        print(sys.exc_info()[0])
    print(sys.exc_info()[0])
print(sys.exc_info())
print(sys.excepthook, sys.__excepthook__ is sys.excepthook, sys.displayhook, sys.__displayhook__ is sys.displayhook)
sys.stderr = sys.stdout
err = ValueError("fresh"); sys.excepthook(ValueError, err, tb)
sys.excepthook(ValueError, err, None)
sys.excepthook(1, err, None)
sys.excepthook(1, 2, None)
sys.excepthook(None, None, None)
t(lambda: sys.excepthook(1))
def hook(t, v, tb):
    print('hook', t, v, tb.tb_lineno)
    if v.args: 1 / 0
sys.excepthook = hook
def g(): raise OSError('last')
g()
