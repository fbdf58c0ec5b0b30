"""Attributes of code objects: what they are, and that each is one object."""


def show(c):
    print(c.co_name, c.co_filename, c.co_firstlineno, c.co_argcount, c.co_kwonlyargcount, c.co_posonlyargcount)
    print(c.co_nlocals, c.co_stacksize, c.co_flags, c.co_names, c.co_varnames, c.co_freevars, c.co_cellvars)
    print(c.co_code, c.co_lnotab)
    for k in c.co_consts:
        if type(k) is type(c):
            show(k)
        else:
            print(repr(k))


def f(a, b=1):
    """Doc."""
    x = a, 1.5, 'text', None, True
    def g(): return x, b
    return g


show(f.__code__)
show(f(1).__code__)
c = f.__code__
print(c.co_code is c.co_code, c.co_consts is c.co_consts, c.co_freevars is c.co_freevars)
print(c.co_name is c.co_name, c.co_filename is c.co_filename, c.co_lnotab is c.co_lnotab, c.co_names is c.co_names)
print(c.co_cellvars is c.co_cellvars, c.co_varnames is c.co_varnames, f.__code__ is c)
one = compile("def f(): return 1\n", "a", "exec")
two = compile("def f(): return 1\n", "b", "exec")
print(one == two, one is two, one != two, hash(one) == hash(two), {one: 1}[two])
print(compile("1", "a", "eval") == compile("1.0", "a", "eval"), compile("1", "a", "eval") == compile("True", "a", "eval"))
print(compile("0.0", "a", "eval") == compile("-0.0", "a", "eval"), one == 1)
print(compile("x", "a", "eval") == compile("y", "a", "eval"), compile("\nx", "a", "exec") == compile("x", "a", "exec"))
try:
    c.co_name = 'x'
except AttributeError as e:
    print(e)
try:
    c.co_foo
except AttributeError as e:
    print(e)
try:
    one < two
except TypeError as e:
    print(e)
print(one)
