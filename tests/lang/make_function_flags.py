# MAKE_FUNCTION with every combination of its flags: defaults, keyword-only defaults, annotations, closure.
def every(c):
    def f0(): return 0
    def f1(a=1): return a
    def f2(*, k=2): return k
    def f3(a=1, *, k=2): return a, k
    def f4(a: 'ann'): return a
    def f5(a: 'ann' = 1) -> 'r': return a
    def f6(*, k: 'ann' = 2): return k
    def f7(a: 'x' = 1, *, k: 'y' = 2): return a, k
    def f8(): return c
    def f9(a=1): return a, c
    def f10(*, k=2): return k, c
    def f11(a=1, *, k=2): return a, k, c
    def f12(a: 'ann'): return a, c
    def f13(a: 'ann' = 1): return a, c
    def f14(*, k: 'ann' = 2): return k, c
    def f15(a: 'x' = 1, *, k: 'y' = 2) -> 'z': return a, k, c
    return f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15


def show(f):
    cells = f.__closure__ and [x.cell_contents for x in f.__closure__]
    return f.__name__, f.__qualname__, f.__defaults__, f.__kwdefaults__, f.__annotations__, cells


for f in every('cell'):
    print(show(f))
for f in every('cell'):
    print(f(7) if f.__name__ in ('f4', 'f12') else f(), end=' ')
print()
print(show(lambda a=1, *b, c=2, **d: 0), show(lambda: every))
n = 0
for i in range(200):
    for f in every(i):
        n += len(show(f)[0])
print(n, show(every(3)[15]))
F = type(every)
g = {'__builtins__': __builtins__}
F(compile('x = 1\ny: int = 2', 'm', 'exec'), g)()
print(g['x'], g['y'], g['__annotations__'], F(compile('x + 1', 'm', 'eval'), {'x': 4})())
