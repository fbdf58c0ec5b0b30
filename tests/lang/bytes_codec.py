# Text to bytes and back: each encoding, each way to treat errors.
def show(source):
    try:
        print(source, '->', ascii(eval(source)))
    except Exception as e:
        print(source, '->', type(e).__name__, ascii(str(e)))


for line in r"""
bytes('abc','ascii')
bytes('\xe9','ascii')
bytes('\xe9','ascii','replace')
bytes('\xe9','ascii','ignore')
bytes('\xe9\u1234\U00012345\ud800','ascii','backslashreplace')
bytes('\xe9\u1234','ascii','xmlcharrefreplace')
bytes('\xe9','ascii','nonsense')
bytes(1,'ascii')
bytes(b'a','ascii')
bytes('a', 'ascii', 5)
str(b'abc')
str(b'abc','ascii')
str(b'\xff','utf-8')
str(b'\xe4\xb8','utf-8')
str(b'\xe4\xb8a','utf-8','replace')
str(b'\xff','ascii')
str(b'\xff','ascii','backslashreplace')
str(b'\xff',errors='ignore')
str('a','ascii')
str(1,'ascii')
str(b'\xff\xfe','nope')
b'abc'.decode()
b'abc'.decode('ascii')
b'\xff'.decode()
b'a\xffb'.decode('utf-8','replace')
b'a\xffb'.decode('utf-8','ignore')
b'a\xffb'.decode('utf-8','backslashreplace')
b'a\xffb'.decode('utf-8','surrogateescape')
b'a\xffb'.decode('ascii','surrogateescape')
b'\xed\xa0\x80'.decode('utf-8')
b'\xed\xa0\x80'.decode('utf-8','surrogatepass')
b'\xed\xa0\x80'.decode('utf-8','replace')
b'\xf0\x9f\x98'.decode('utf-8','replace')
b'\xf0\x9f\x98a'.decode('utf-8','replace')
b'\xf5\x80'.decode('utf-8','replace')
b'\xc0\x80'.decode('utf-8','replace')
b'\xe0\x80\x80'.decode('utf-8','replace')
b'\x80'.decode()
b'\xe2\x28\xa1'.decode()
b'\xe2\x82\x28'.decode()
b'\xf0\x90\x28\xbc'.decode()
b'\xf0\x28\x8c\xbc'.decode()
b'ab\xe2'.decode()
b'ab\xe2\x82'.decode()
b'ab\xf4\x90\x80\x80'.decode()
b'a'.decode(1)
b'a'.decode('utf-8',1)
b'a'.decode('x','y','z')
b'a'.decode(bogus=1)
b'\xff'.decode('utf-8','bogus')
b'\xe9'.decode('latin-1')
b'\xe9'.decode('latin1')
b'\xe9'.decode('iso-8859-1')
b'\xe9'.decode('L1')
b'\xe9'.decode('UTF8','replace')
b'a\x00b\x00'.decode('utf-16-le')
b'\xff\xfea\x00'.decode('utf-16')
b'\xfe\xff\x00a'.decode('utf-16')
b'a\x00b'.decode('utf-16-le')
b'\x00\xd8'.decode('utf-16-le')
b'\x00\xd8a\x00'.decode('utf-16-le')
b'\x00\xdc'.decode('utf-16-le')
b'\x00\xd8a\x00'.decode('utf-16-le','replace')
b'\x3d\xd8\x00\xde'.decode('utf-16-le')
b'a\x00\x00\x00'.decode('utf-32-le')
b'a\x00\x00'.decode('utf-32-le')
b'\xff\xff\xff\xff'.decode('utf-32-le')
b'\x00\xd8\x00\x00'.decode('utf-32-le')
b'\x00\xd8\x00\x00'.decode('utf-32-le','surrogatepass')
'a\u20ac\U0001f600'.encode()
'a\u20ac'.encode('utf-16')
'a\u20ac\U0001f600'.encode('utf-16-be')
'a\u20ac\U0001f600'.encode('utf-32')
'a\u20ac\U0001f600'.encode('utf-32-be')
'\ud800'.encode()
'a\ud800\udc00b'.encode()
'\ud800'.encode('utf-8','surrogatepass')
'\udcff'.encode('utf-8','surrogateescape')
'\udcffa'.encode('ascii','surrogateescape')
'\ud800'.encode('utf-8','surrogateescape')
'\ud800'.encode('utf-8','replace')
'\ud800'.encode('utf-8','ignore')
'\ud800'.encode('utf-8','backslashreplace')
'\ud800'.encode('utf-16-le')
'\ud800'.encode('utf-16-le','surrogatepass')
'\ud800'.encode('utf-16-le','replace')
'\ud800'.encode('utf-32')
'a\u20acb\xe9'.encode('latin-1')
'a\u20ac\u20adb\xe9'.encode('ascii')
'a\u20acb\xe9'.encode('latin-1','replace')
'a\u20acb\xe9'.encode('ascii','xmlcharrefreplace')
'a'.encode('bogus')
'a'.encode(1)
'a'.encode('ascii',1)
'\u20ac'.encode('ascii','bogus')
""".strip().splitlines():
    show(line)


def fields():
    try:
        'a\u20acb'.encode('ascii')
    except UnicodeEncodeError as e:
        print(e.encoding, ascii(e.object), e.start, e.end, e.reason, e.args == ('ascii', e.object, 1, 2, e.reason))
    try:
        b'a\xffb'.decode()
    except UnicodeDecodeError as e:
        print(e.encoding, e.object, e.start, e.end, e.reason, isinstance(e, ValueError))


fields()
for text in ['', 'abc', 'aé', '€\U0001f600', '\x00\x7f\x80\xff\u0100\uffff\U0010ffff']:
    for name in ['utf-8', 'UTF_8', 'u8', 'utf-16', 'utf-16-le', 'UTF-16BE', 'utf-32', 'utf_32_be', 'utf-8-sig']:
        b = text.encode(name)
        assert b.decode(name) == text, name
        print(name, b)
for i in range(256):
    assert bytes([i]).decode('latin-1') == chr(i) and chr(i).encode('iso8859-1') == bytes([i])
    for lead in [b'', b'\xe2', b'\xe2\x82', b'\xf0\x9f', b'\xed', b'\xf4']:
        b = lead + bytes([i]) + b'z'
        assert b.decode('utf-8', 'surrogateescape').encode('utf-8', 'surrogateescape') == b
total = 0
for a in range(0, 256, 5):
    for c in range(0, 256, 3):
        b = bytes([a, c, 0xe2, c, a, 0x80, c])
        total = (total * 31 + sum(map(ord, b.decode('utf-8', 'replace'))) + len(b.decode('utf-8', 'ignore'))) % 1000003
        total = (total * 31 + len(b.decode('utf-16', 'replace')) + len(b.decode('utf-8', 'backslashreplace'))) % 1000003
print(total)
