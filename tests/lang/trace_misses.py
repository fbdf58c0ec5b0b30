import sys
def f(n):
    s = 0
    for i in range(n):
        s += len('a')
        s = s + i
    return s
f(300)
NEW = 1
lines = []
def tr(fr, e, x):
    fr.f_trace_opcodes = True
    lines.append((e, fr.f_lineno - fr.f_code.co_firstlineno, fr.f_lasti))
    return tr
OTHER = 2
sys.settrace(tr)
f(2)
sys.settrace(None)
print(lines)
lines.clear()
def g(a, b):
    return a + b
for i in range(300): g(i, i)
sys.settrace(tr)
g('a', 'b'); g(1.5, 2)
g(1, 2)
sys.settrace(None)
print(lines)
