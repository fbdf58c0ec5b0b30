# Encodings of one byte a character: each byte both ways, by a sum; errors and their handlers; files.
import os

NAMES = '''cp037 cp1006 cp1026 cp1125 cp1140 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp273 cp424
cp437 cp500 cp720 cp737 cp775 cp850 cp852 cp855 cp856 cp857 cp858 cp860 cp861 cp862 cp863 cp864 cp865 cp866 cp869 cp874
cp875 hp_roman8 iso8859_10 iso8859_11 iso8859_13 iso8859_14 iso8859_15 iso8859_16 iso8859_2 iso8859_3 iso8859_4
iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_9 koi8_r koi8_t koi8_u kz1048 mac_arabic mac_centeuro mac_croatian
mac_cyrillic mac_farsi mac_greek mac_iceland mac_latin2 mac_roman mac_romanian mac_turkish palmos ptcp154
tis_620'''.split()
EVERY = bytes(range(256))
for name in NAMES:
    text = EVERY.decode(name, 'replace')
    kept = EVERY.decode(name, 'ignore')
    back = kept.encode(name)
    total = 0
    for i, c in enumerate(text):
        total += (i + 1) * ord(c)
    print(name, len(kept), total, back == bytes(b for b in EVERY if text[b] != '\ufffd'),
          sum((i + 1) * b for i, b in enumerate(back)))

for spelling in 'Windows-1252', '1252', 'KOI8-R', 'iso-8859-15', 'latin9', 'IBM037', 'mac-roman', 'macintosh', 'Cyrillic':
    print(spelling, ascii(b'\xa4'.decode(spelling)))


def attempt(f, *args):
    try:
        print(ascii(f(*args)))
    except Exception as e:
        print(type(e).__name__, ascii(str(e)))


for errors in 'strict', 'ignore', 'replace', 'backslashreplace', 'xmlcharrefreplace', 'surrogateescape', 'surrogatepass':
    if errors != 'xmlcharrefreplace':
        attempt(b'a\x81\x8db\x80'.decode, 'cp1252', errors)
    attempt('a\u1234\u5678b\u20ac'.encode, 'cp1252', errors)
    attempt('a\u1234\u5678b?'.encode, 'cp500', errors)
    attempt('\udc81\udc8d'.encode, 'cp1252', errors)
    attempt('\udc81\u1234'.encode, 'cp1252', errors)
    attempt('\udc81'.encode, 'cp037', errors)
attempt('+ 1'.encode, 'mac_arabic')
attempt('plain'.encode, 'cp037')
attempt(b'plain'.decode, 'cp037')
attempt(''.encode, 'cp437')
attempt(b''.decode, 'cp437')
attempt(str, b'\xc0\xc1', 'koi8-r')
attempt(b'a'.decode, 'cp1259')

# Its own: the modes run beside each other.
path = '/tmp/taipan_charmap_%d.txt' % os.getpid()
try:
    for name in 'cp1252', 'cp037', 'koi8_r':
        with open(path, 'w', encoding=name) as f:
            attempt(f.write, 'one\ntwo \xa4\n' if name != 'koi8_r' else '\u044e\n')
            attempt(f.write, '\u1234')
        with open(path, 'rb') as f:
            print(f.read())
        with open(path, encoding=name) as f:
            print(ascii(f.readline()), f.encoding, ascii(f.read()))
    with open(path, 'wb') as f:
        f.write(b'ab\x81c')
    for errors in 'strict', 'replace', 'ignore', 'surrogateescape', 'backslashreplace':
        with open(path, encoding='cp1252', errors=errors) as f:
            attempt(f.read)
finally:
    os.remove(path)
