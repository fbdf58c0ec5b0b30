"""Lone surrogates in literals, f-strings and literals over several lines: values and line numbers."""
print(ascii('\ud800'), ascii('a\udfffb' '\ud83d\ude00' 'é\ud800'), len('\ud800\udc00'), ascii(f'\ud800{1}\udc00'))
print(ascii('''\ud800
{x}'''), ascii(f'''{1}
\ud8ff {'x'
}'''), ascii(r'\ud800'), ascii('\N{BULLET}\ud800\x41\101'))
print({'\ud800': 1}['\ud800'], '\ud800' == '\ud800', '\ud800' < '\udfff', ascii('\ud800'.join(['a', 'b'])))


def lines(source):
    code = compile(source, "<lines>", "exec")
    print(ascii(source), code.co_firstlineno, code.co_lnotab, code.co_consts, code.co_names)


lines("x = ('a'\n     'b'\n     'c')\ny = 1\n")
lines("x = f'''{a}\n{b}\n{\nc\n}'''\ny = d\n")
lines("x = ('a'\n     f'{b}'\n     f'''\n{c}'''\n     'd')\ny = e\n")
lines("f('''\n\n''', a,\n  b)\n")
lines("'''\ndoc\n'''\nx = 1\n")
lines("x = 'a\\\nb'\ny = 1\n")
lines("x = f'{a}' \\\n  f'{b}'\ny = 1\n")
lines("'a' \\\n'\\ud800'\nx = '\\ud800'\n")
lines("def f():\n  return f'''\n{\nx!r:>{\ny}}\n'''\n")


def fails(n):
    return (f'''{n}
{n +
  None}
''')


try:
    fails(1)
except TypeError as e:
    print(e, e.__traceback__.tb_next.tb_lineno)
