"""Wrong lines of the prompt."""

SOURCES = [
    '',
    '\n',
    '\n\n',
    '#a',
    '#a\n',
    '1;2',
    '1\n2',
    '1\n2\n',
    '  1',
    '1 +',
    '(1',
    '(1\n',
    '(1\n)',
    'if 1: pass',
    'if 1: pass\n',
    'if 1:\n  pass',
    'if 1:\n  pass\n',
    'if 1:\n  pass\n\n',
    'if 1:\n  pass\nx',
    'if 1:\n  pass\n\nx',
    'def f(): pass',
    'def f():\n  pass\n',
    'def f():\n  pass\nf()',
    'x = 1\n\n',
    'x = 1\n#c\n',
    'x = 1 #c',
    'x = 1\n  \n',
    'x; y\n',
    'x; y\nz',
    '"""',
    '"""abc\n',
    'try:\n  x',
    'try:\n  x\nexcept: pass\n',
    'x y',
    'return',
    '@x',
    '@x\n',
    '@x\ndef f(): pass\n',
    'f() = 1',
    'if 1:\npass',
    'while 1:',
    'for x in y:\n',
    '\nx',
    '\n\nx\n',
    '#c\nx\n',
    '1;',
    '1;\n',
    'x\\',
    'x = (1,',
    'else',
    '    ',
    '\t',
    'x\n\n\n\ny',
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
    print(ascii(s), place(s, 'single'))
