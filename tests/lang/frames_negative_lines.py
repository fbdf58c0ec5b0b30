import sys
def f():
    return sys._getframe().f_lineno
F = type(f)
co = f.__code__
for first, tab in ((-5, b''), (2**31 - 1, b'\x00\x7f'), (0, b'\x00\x81'), (-5, b'\x02\x01\x04\xff')):
    a = [getattr(co, 'co_' + n) for n in 'argcount posonlyargcount kwonlyargcount nlocals stacksize flags code consts names varnames filename name'.split()]
    c = type(co)(*a, first, tab)
    print(c.co_firstlineno, F(c, globals())())
def g(n):
    for i in range(n):
        s = sys._getframe().f_lineno
    return s
a = [getattr(g.__code__, 'co_' + n) for n in 'argcount posonlyargcount kwonlyargcount nlocals stacksize flags code consts names varnames filename name'.split()]
c = type(co)(*a, -7, g.__code__.co_lnotab)
print(F(c, globals())(300))
lines = []
def tr(fr, e, x):
    lines.append((e, fr.f_lineno))
    return tr
sys.settrace(tr)
F(c, globals())(2)
sys.settrace(None)
print(lines)
def jump(fr, e, x):
    if e == 'line' and fr.f_lineno == -4: 
        try: fr.f_lineno = -30
        except ValueError as e: print(e)
    return jump
sys.settrace(jump)
F(c, globals())(2)
sys.settrace(None)
