# lambdas: defaults, closures, nesting, conditional bodies
print((lambda: 1)(), (lambda a: a)(2), (lambda a, b=3: a * b)(4), (lambda a=1, b=2: (a, b))(b=5))
add = lambda a: lambda b: lambda c: a + b + c
print(add(1)(2)(3))
Y = lambda f: (lambda x: f(lambda v: x(x)(v)))(lambda x: f(lambda v: x(x)(v)))
print(Y(lambda self: lambda n: 1 if n == 0 else n * self(n - 1))(10))
ops = {'+': lambda a, b: a + b, '-': lambda a, b: a - b}
print(ops['+'](1, 2), ops['-'](1, 2))
print(sorted([(1, 'b'), (0, 'c')], key=lambda p: p[1]))
def compose(f, g):
    return lambda x: f(g(x))
print(compose(str, abs)(-5), compose(lambda s: s + '!', repr)('a'))
