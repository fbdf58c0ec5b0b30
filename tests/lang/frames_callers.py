import sys
def look(n):
    f = sys._getframe(n)
    return f.f_code.co_name, f.f_lineno, dict(f.f_locals), f.f_lasti
def a(x):
    y = x * 2
    r = [look(1), look(2),
         look(3)]
    y = y + 1
    return r
def b(x):
    z = x + 0.5
    r = a(x + 1)
    return r
def c(x):
    return b(x)
for i in range(4):
    for row in c(i): print(row)
def keep(n):
    q = n
    f = sys._getframe()
    q = q + 1
    return f
def boom(n):
    v = n * 3
    if n == 0:
        return 1 // n
    return boom(n - 1)
def catch(n):
    try:
        boom(n)
    except ZeroDivisionError as e:
        t = e.__traceback__
        out = []
        while t:
            out.append((t.tb_frame.f_code.co_name, t.tb_frame.f_locals.get('v'), t.tb_lineno, t.tb_frame.f_lineno,
              t.tb_frame.f_back.f_code.co_name))
            t = t.tb_next
        return out
for i in range(5):
    f = keep(i)
    print(f.f_locals['q'], f.f_lineno, f.f_back is sys._getframe())
    print(catch(3))
import sys
def rec(n):
    k = n * 5
    try:
        return 1 // n
    except ZeroDivisionError as e:
        t = e.__traceback__
        k = k + 1
        f = t.tb_frame
        return f.f_locals.get('k'), f.f_code.co_name, f is sys._getframe(), f.f_lineno, f.f_back.f_code.co_name
def later(n):
    k = n
    try:
        boom(n)
    except ZeroDivisionError as e:
        saved = e.__traceback__
    return saved
def nest(n):
    w = n
    try:
        try:
            boom(2)
        except ZeroDivisionError as e:
            w = w + 1
            e2 = e
            raise ValueError(w)
    finally:
        w = w + 100
def use(n):
    try:
        nest(n)
    except ValueError as e:
        t = e.__traceback__
        c = e.__context__.__traceback__
        return (t.tb_frame is sys._getframe(), t.tb_next.tb_frame.f_locals['w'], t.tb_next.tb_frame.f_lineno,
          c.tb_frame is t.tb_next.tb_frame, c.tb_frame.f_code.co_name, c.tb_next.tb_frame.f_back is c.tb_frame)
for i in range(5):
    print(rec(0), rec(3))
    t = later(2)
    print(t.tb_frame.f_code.co_name, t.tb_lineno, t.tb_next.tb_frame.f_locals['v'], t.tb_frame.f_globals is globals())
    print(use(i))
