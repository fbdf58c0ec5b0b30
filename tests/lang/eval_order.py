# the order in which operands, targets and arguments are evaluated
log = []
def v(x):
    log.append(x)
    return x
def show():
    global log
    print(log)
    log = []
v(1) + v(2) * v(3); show()
[v(1), v(2)][v(0)]; show()
{v('a'): v(1), v('b'): v(2)}; show()
def f(a, b=v('default'), c=0): return a
show()
f(v(1), v(2), c=v(3)); show()
x = [0, 0, 0]
x[v(0)], x[v(1)] = v(5), v(6); show()
x[v(1)] += v(7); show()
v(1) if v(0) else v(2); show()
v(0) and v(1) or v(2); show()
v(3) < v(2) < v(1); show()
print(f'{v(1)} {v(2)}'); show()
(lambda a, b=v('d'): a)(v('a')); show()
x[v(2)] = v(9); show()
v('f').join([v('a'), v('b')]); show()
assert v(1), v(2)
show()
