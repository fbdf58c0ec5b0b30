"""exec and eval: which names they see, where they put them, what they refuse."""
exec("x = 1\ny = x + 1")
print(x, y)
g = {}
exec("def f(a): return a * k\nk = 3", g)
print(g['f'](4), sorted(g), sorted(g['__builtins__']) == sorted(__builtins__.__dict__))
print(eval("1 + 2"), eval(" \t a + b", {'a': 1}, {'b': 2}))


def local():
    z = 5
    w = lambda: z
    return eval("z + 1"), eval("a + z", {'a': 10, 'z': 1})


print(local())
code = compile("1 + n", "<here>", "eval")
n = 41
print(eval(code), eval(code, {'n': 1}), code.co_names, exec(code))
own = {'__builtins__': {'len': lambda x: 'mine'}}
print(eval("len([])", own))
exec("def q():\n  r = None\n  for i in range(3): r = len([])\n  return r", own)
try:
    own['q']()
except NameError as e:
    print(e)
own['__builtins__']['range'] = range
print(own['q'](), own['q']())
own['__builtins__'] = {'len': lambda x: 'other', 'range': range}
exec("s = q()", own)
print(own['s'])
for text in "len([])", "print":
    try:
        eval(text, {'__builtins__': {}})
    except NameError as e:
        print(e)


def params(a, b=1): return a


def free():
    v = 7
    def inner(): return v
    return inner


def cells():
    v = 8
    return (lambda: v)()


def attempt(f, a, b=None, c=None):
    try:
        print(f(a, b, c))
    except Exception as e:
        print(type(e).__name__, e)


attempt(exec, params.__code__)
attempt(eval, params.__code__)
attempt(exec, free().__code__)
attempt(eval, free().__code__)
attempt(eval, free.__code__)
print(eval(cells.__code__))
attempt(exec, 1)
attempt(eval, None)
for f in exec, eval:
    for gl in None, {}, 1, [], 'x':
        for lo in None, {}, 1:
            attempt(f, "1", gl, lo)
attempt(exec, "x = 1", {}, [])
attempt(exec, "x", {}, ())
attempt(exec, "a\0b")
attempt(eval, "\ud800")
attempt(exec, "  1")
attempt(eval, "1; 2")
try:
    exec()
except TypeError as e:
    print(e)
try:
    exec(source="1")
except TypeError as e:
    print(e)
try:
    eval(1, 2, 3, 4)
except TypeError as e:
    print(e)
spaces = {}
exec("y = 1\ndef g(): return y", spaces, {})
print(sorted(spaces))
both = {}
exec("a = 1\nglobal b\nb = 2", both, spaces)
print(both['b'], spaces['a'], 'a' in both)
exec("exec('exec(\"deep = 3\")')")
print(deep)
exec("raise ValueError('x')")
