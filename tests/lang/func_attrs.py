# functions as values: names, identity, truth, repr
def f(a, b=1):
    'doc of f'
    return a
g = f
print(f is g, f == g, f.__name__, g.__doc__, f.__defaults__, bool(f), callable(f), callable(1))
print(f.__code__.co_argcount, f.__code__.co_varnames, f.__code__.co_name, f.__code__.co_consts)
print((lambda: 0).__name__, f.__qualname__)
def outer():
    def inner():
        pass
    return inner
print(outer().__qualname__, outer().__name__, outer() is outer())
table = {'f': f, 'len': len, 'lam': lambda x: x + 1}
print(table['f'](3), table['len']('abc'), table['lam'](41))
def apply(fn, x):
    return fn(x)
print(apply(abs, -3), apply(str, 5), apply(lambda q: q * 2, 'ab'), apply(f, 'z'))
