# PEP 263 sources
import os
import sys

sys.path.insert(0, sys.path[0] + '/packages')
sys.dont_write_bytecode = True


def show(source):
    try:
        d = {}
        exec(compile(source, 'source', 'exec'), d)
        print(ascii(d['x']))
    except SyntaxError as e:
        print(type(e).__name__, e.msg, e.lineno)


show(b'x = "\xc3\xa9"')
show(b'# coding: latin-1\nx = "\xe9"')
show(b'#!/usr/bin/python\n# vim: set fileencoding=iso-8859-1 :\nx = "\xe9"')
show(b'# -*- coding: utf-8 -*-\nx = "\xc3\xa9"')
show(b'\xef\xbb\xbfx = "\xc3\xa9"')
show(b'\xef\xbb\xbf# coding: utf-8\nx = "\xc3\xa9"')
show(b'# coding: ascii\nx = "plain"')
show(b'\n\n# coding: latin-1\nx = "\xc3\xa9"')
show(b'x = "\\xe9"  # coding: latin-1\n')
show(b'# coding: utf8\nx = b"bytes"')
show('# coding: latin-1\nx = "\xe9"')
show(b'# coding=latin1\nx = b"\\xe9", "\xe9"')
show(b'# coding: cp1252\nx = "\x80"')
show(b'# coding: cp1252\nx = "\x81"')
show(b'# coding: cp1252\nx = b"\x80"')
show(b'# coding: cp1252\nx\x80 = 1')
show(b'# coding: KOI8-R\nx = "\xc0"')
show(b'# coding: cp1251\n\xe9 = 3\nx = \xe9')
show(b'# coding: cp037\nx = 1')
show(b'# coding: utf-8-sig\nx = "\xc3\xa9"')
show(b'\xef\xbb\xbf# coding: cp1252\nx = 1')

import latin
import marked
print(ascii(latin.TEXT), ascii(marked.TEXT))
for name in 'unknown_coding', 'undeclared':
    try:
        __import__(name)
    except SyntaxError as e:
        print(type(e).__name__, e.msg.split(' (')[0].replace(os.path.dirname(e.filename or ''), ''),
              os.path.basename(e.filename or ''), name in sys.modules)
