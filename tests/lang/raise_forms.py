# raise: class, instance, from, bare, and wrong operands
def t(f):
    try:
        f()
    except BaseException as e:
        print(type(e).__name__, e.args, repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
def a(): raise ValueError
def b(): raise ValueError('x', 2)
def c(): raise ValueError('x') from KeyError('y')
def d(): raise ValueError('x') from None
def e():
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError('ctx')
def f():
    try:
        1 / 0
    except ZeroDivisionError as z:
        raise KeyError('c') from z
def g():
    try:
        1 / 0
    except ZeroDivisionError:
        raise
def h(): raise
def i(): raise 5
def j(): raise 'text'
def k(): raise ValueError from 5
def l(): raise KeyError from ValueError
def m(): raise None
def n():
    try:
        raise KeyError('first')
    except KeyError:
        try:
            raise ValueError('second')
        except ValueError:
            pass
        raise
for fn in (a, b, c, d, e, f, g, h, i, j, k, l, m, n):
    t(fn)
