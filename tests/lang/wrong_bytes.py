"""Sources in bytes: declarations of their encoding, and bytes that are not in it."""


def place(s):
    try:
        return compile(s, "<bytes>", "exec").co_consts
    except SyntaxError as e:
        return (type(e).__name__, e.args)
    except Exception as e:
        return (type(e).__name__, str(e))


for s in (b'x = "\xff"', b'\n\nx = "\xff"\ny', b'# coding: latin-1\nx = "\xff"', b'# coding: foo\nx = "\xff"',
          b'\xef\xbb\xbf# coding: latin-1\nx = "\xff"', b'\xef\xbb\xbfx = 1', b'# coding: utf-8\nx = "\xff"',
          b'# coding: ascii\nx = "\xff"', b'\n# coding: ascii\nx = "\xff"', b'x\n# coding: ascii\nx = "\xff"',
          b'\n# -*- coding: iso-8859-1 -*-\nx = "\xa4"', b'a\0b', b'#\xff\nx=1', b'"abc\xe9"',
          b'b"\xff"', b'x = """a\n\xff"""', b'y\n"abc\xe9\xa0\x20x"', b'"abc\xf5x"', b'"abc\xed\xa0\x80x"', b'r"\xff"',
          b'# vim: set fileencoding=utf-8 :\n"\xc3\xa9"', b'1 +', b''):
    print(s, ascii(place(s)))
exec(b'print("\xc3\xa9")')
print(eval(b' \t1 + 1'))
