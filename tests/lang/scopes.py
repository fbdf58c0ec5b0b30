# names: builtin, global, local, enclosing, class of each
x = 'global'
def f():
    x = 'local'
    def g():
        return x
    def h():
        global x
        return x
    return g(), h()
print(f(), x)
def p(x):
    def q(x):
        return x * 2
    return q(x + 1)
print(p(1))
def shadow(len):
    return len + 1
print(shadow(4), len('abc'))
def writes():
    global made, x
    made = [1]
    x = 'changed'
writes()
print(made, x, f())
def param_closure(a, b=2):
    def g(c, d=4):
        return a, b, c, d
    return g
print(param_closure(1)(3), param_closure(1, 20)(3, 40))
def loopvar():
    for v in range(3):
        pass
    return v
print(loopvar())
