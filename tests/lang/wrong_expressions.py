"""Wrong expressions."""

SOURCES = [
    '',
    '\n',
    '#a',
    '1;2',
    '1\n2',
    '  1',
    '1 +',
    '(1',
    '(1\n',
    '1)',
    'a = 1',
    'a := 1',
    'x y',
    'if 1: pass',
    'pass',
    'return 1',
    'yield 1',
    '*a',
    '*a,',
    '1,',
    '"abc',
    '"""abc',
    'f"{a b}"',
    '1 # c',
    '1 \\\n+ 2',
    '1\n\n',
    '1\n#c\n',
    '\n1',
    '\n\n1',
    'f() = 1',
    'f(a=1, 2)',
    '[x for x in y',
    'None',
    'x.',
    '0777',
    'a if b',
    '1 if 2',
    '\t1',
    '1\n 2',
    'def f(): pass',
    'import x',
    'del x',
    'None = 1',
    'f(**a, *b)',
    '(x := 1',
    '(x := 1)',
    '{a b}',
    '$',
    '\x0c1',
    '1;',
    '1;\n',
    'def',
    'for x in y: pass',
]


def place(s, mode):
    try:
        compile(s, "<wrong>", mode)
        return "compiles"
    except SyntaxError as e:
        return (type(e).__name__, e.msg, e.filename, e.lineno, e.offset, e.text)
    except Exception as e:
        return (type(e).__name__, str(e))


for s in SOURCES:
    print(ascii(s), place(s, 'eval'))
