"""code.replace() and CodeType(): every field, every check."""


def f(a, b=1):
    def g(): return a
    return g


c = f.__code__
CodeType = type(c)


def attempt(text):
    try:
        r = eval(text)
        print(text, r == c, r, r.co_flags)
    except Exception as e:
        print(text, type(e).__name__, e)


for text in ("1", "foo=1", "", "co_argcount='x'", "co_argcount=-1", "co_code=''", "co_consts=[]", "co_name=1",
             "co_lnotab=''", "co_name='zz'", "co_firstlineno=-3", "co_argcount=1.5", "co_argcount=1<<40",
             "co_varnames=()", "co_stacksize=-2", "co_nlocals=-2", "co_flags=-2", "co_posonlyargcount=7",
             "co_argcount=None", "co_code=None", "co_filename=1", "co_cellvars=()", "co_freevars=[]",
             "co_name='a b', co_filename='x\"y'", "co_firstlineno=0", "co_firstlineno=77", "co_consts=([], f)"):
    attempt("c.replace(" + text + ")")
print(c.replace().co_consts is c.co_consts, c.replace().co_code is c.co_code, c.replace() == c, c.replace() is c)
print(c.replace().co_names is c.co_names, c.replace().co_name is c.co_name)
try:
    hash(c.replace(co_consts=([],)))
except TypeError as e:
    print(e)

base = [c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_nlocals, c.co_stacksize, c.co_flags, c.co_code,
        c.co_consts, c.co_names, c.co_varnames, c.co_filename, c.co_name, c.co_firstlineno, c.co_lnotab, c.co_freevars,
        c.co_cellvars]


def made(a):
    try:
        r = CodeType(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11], a[12], a[13], a[14], a[15])
        return r == c, hash(r) == hash(c), r.co_flags, r.co_firstlineno
    except Exception as e:
        return type(e).__name__, str(e)


print(made(base))
for i, v in ((0, 'x'), (0, 1.5), (0, 1 << 31), (0, -1 << 31), (0, -(1 << 31) - 1), (0, 1 << 70), (0, -1), (1, -1), (2, -1),
             (3, -1), (4, -1), (5, -1), (5, 1 << 31), (6, 'x'), (6, None), (7, []), (8, 'x'), (8, (1,)), (9, (1,)), (9, ()),
             (10, c.co_code), (11, 1), (12, 'a'), (12, -5), (13, ''), (14, []), (14, (1,)), (15, (None,)), (1, 5), (0, 100),
             (2, 100), (0, None), (0, True), (5, 0), (5, 1 << 30)):
    a = [] + base
    a[i] = v
    print(i, repr(v) if i != 10 else '', made(a))
try:
    CodeType()
except TypeError as e:
    print(e)
try:
    CodeType(1, 2, 3)
except TypeError as e:
    print(e)
g = f.__code__.replace(co_name='renamed', co_consts=(None, 'other'))
print(g.co_name, g.co_consts)
h = (lambda: 5).__code__.replace(co_consts=(None, 6))
print(eval(h))
k = (lambda: [1]).__code__.replace(co_consts=(None, f))
