"""compile(): its modes, flags and checks."""


def attempt(a, b, c, flags=0, inherit=False, optimize=-1):
    try:
        r = compile(a, b, c, flags, inherit, optimize)
        print(repr(a), c, flags, r.co_consts, r.co_names, r.co_flags, r.co_filename, eval(r))
    except SyntaxError as e:
        print(repr(a), c, type(e).__name__, e.args)
    except Exception as e:
        print(repr(a), c, flags, type(e).__name__, e)


attempt('3', 'f', 'exec')
attempt('3', 'f', 'eval')
attempt('', 'f', 'exec')
attempt('\n\n', 'f', 'exec')
attempt('#', 'f', 'exec')
attempt(3, 'f', 'exec')
attempt('3', 3, 'exec')
attempt('3', 'a\0b', 'exec')
attempt('3', 'f', 3)
attempt('3', 'f', 'foo')
attempt('3', 'f', 'func_type')
for flag in 1, 0x10, 0x200, 0x1000, 0x2000, 0x20000, 0x40000, 0x1000000, 1 << 30, 'x', 1.5:
    attempt('3', 'f', 'eval', flag)
for o in -2, -1, 0, 1, 2, 3:
    attempt('"doc"\nassert 0, 1\n__debug__', 'f', 'exec', 0, False, o)
    attempt('__debug__', 'f', 'eval', 0, False, o)
attempt('3', 'f', 'exec', 0, [])
attempt('a\0b', 'f', 'exec')
attempt('\ud800', 'f', 'exec')
attempt('# coding: foo\nx = 1', 'f', 'exec')
for kw in ({}, ), :
    pass
try:
    compile()
except TypeError as e:
    print(e)
try:
    compile('3', 'a')
except TypeError as e:
    print(e)
try:
    compile('3', 'a', mode='eval', foo=1)
except TypeError as e:
    print(e)
print(compile('3', 'a', mode='eval', optimize=1, flags=0, dont_inherit=True).co_consts)
print(compile(source='4', filename='a', mode='eval').co_consts)
def doc():
    "text"
code = compile('def doc():\n  "text"\n', 'f', 'exec', optimize=2)
exec(code)
print(doc.__doc__, code.co_consts)
