# utf-7, unicode_escape and raw_unicode_escape, both ways, with their errors.
import warnings
warnings.simplefilter('ignore')
for x in ('A\u2262\u0391.', 'Hi Mom -\u263a-!', '\u65E5\u672C\u8A9E', 'Item 3 is \u00a31.', '+', '+-', '+?', r'\?', r'\\?', r'\\\?', '++--', '\U000abcde', '/', '\ud801', '\ud801x', '\udc01', '~a', '\t\n\r \x00\x7f', 'a\u00e9', '\u00e9-', '\u00e9a', '\u00e9\u00e9!', ''):
    for enc in ('utf-7', 'unicode_escape', 'raw_unicode_escape'):
        b = x.encode(enc)
        print(enc, ascii(x), b, ascii(b.decode(enc)) if enc != 'raw_unicode_escape' or '\\' not in x else '-')
for b in (b'+ImIDkQ.', b'+Jjo-', b'+AGE', b'+A', b'+AF', b'+AFw?', b'+\xc1', b'a\xff', b'+@', b'+2AE-', b'+2AE', b'+2AEx-', b'+AAA-', b'+', b'a+', b'+AGEAYg', b'+AGEB-x', b'+2AHcAQ-', b'\\', b'\\x', b'\\x4', b'\\x41', b'\\u12', b'\\u1234', b'\\U0001F600', b'\\U00110000', b'\\N{DIGIT ONE}', b'\\N{xx yy}', b'\\N', b'\\N{', b'\\777', b'\\q', b'\\\nx', b'\xe9\\t', b'\\u12 4'):
    for enc in ('utf-7', 'unicode_escape', 'raw_unicode_escape'):
        for err in ('strict', 'ignore', 'replace', 'backslashreplace'):
            try: r = ascii(b.decode(enc, err))
            except UnicodeDecodeError as e: r = '%s %s-%s %s' % (e.encoding, e.start, e.end, e.reason)
            print(enc, err, b, r)
