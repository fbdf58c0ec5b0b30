# Issue 5, Values: `unicode_escape` and `raw_unicode_escape`, both ways, and their errors.
texts = ['', 'plain', 'a\\b\'"', '\t\n\r\x00\x7f\x80\xff', '\u0100\u20ac\uffff', '\U0001f40d', '\ud800', 'naïve']
for t in texts:
    for name in ('unicode_escape', 'raw-unicode-escape', 'Unicode-Escape'):
        b = t.encode(name)
        print(name, b, b.decode(name) == t)
good = [rb'\x41\u0042\U00000043\104\5\60', rb'\a\b\f\n\r\t\v\\', b'a\\\nb', b'\\N{BULLET}\\N{LATIN SMALL LETTER A}', b'\xe4\xff', rb'\ud83d\ude00',
        rb'\777\08']
for b in good:
    print(b, ascii(b.decode('unicode_escape')), ascii(b.decode('raw_unicode_escape')))
bad = [b'\\', b'ab\\x1', b'\\x', b'\\u12', b'\\u12g4', b'\\U0011ffff', b'\\U1234567', b'\\N', b'\\N{}', b'\\N{NO SUCH NAME}', b'\\N{', b'x\\']
for b in bad:
    for name in ('unicode_escape', 'raw_unicode_escape'):
        try:
            print(name, ascii(b.decode(name)))
        except UnicodeDecodeError as e:
            print(name, b, e, e.encoding, e.start, e.end)
    print(ascii(b.decode('unicode_escape', 'replace')), ascii(b.decode('unicode_escape', 'ignore')))
