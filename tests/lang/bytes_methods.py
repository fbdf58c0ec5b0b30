# Everything a bytes object does, and what it says when it cannot.
def show(source):
    try:
        print(source, '->', ascii(eval(source)))
    except Exception as e:
        print(source, '->', type(e).__name__, ascii(str(e)))


for line in r"""
bytes()
bytes(3)
bytes(-1)
bytes(10**30)
bytes([1,2,255])
bytes([256])
bytes([-1])
bytes(['a'])
bytes([1.0])
bytes('abc')
bytes('abc',encoding='utf-8',errors='strict')
bytes('\xe9','nonsense')
bytes(errors='strict')
bytes(encoding='a')
bytes(1.5)
bytes(None)
bytes(True)
bytes(b'abc')
bytes(source=3)
bytes(x=3)
bytes(1,2,3,4)
bytes({1:2,3:4})
bytes(range(5))
bytes('a', 5)
b'abc'[0]
b'abc'[-1]
b'abc'[3]
b'abc'[1:]
b'abc'[::-1]
bytes(3)['x']
bytes(3)[1.5]
b'abc'[10**20]
b'a'+b'b'
b'a'+'b'
'a'+b'b'
b'a'+1
b'a'*3
3*b'a'
b'a'*-1
b'a'*1.5
b'a'*b'b'
b'a'*10**20
97 in b'abc'
256 in b'abc'
-1 in b'abc'
10**30 in b'abc'
b'bc' in b'abc'
'a' in b'abc'
b'a' in 'abc'
1.5 in b'abc'
None in b'abc'
b'a'<b'b'
b'a'<'b'
b'a'=='a'
b'a'!='a'
b'a'==97
b''<b'a'
hash(b'abc')==hash('abc')
hash(b'')
repr(b"it's")
repr(b'it\'s "x"')
b'\x00\t\n\r\\\x7f\xff'
b'ab'.hex()
b'abc'.hex(':')
b'abcdef'.hex('_',2)
b'abcdef'.hex('_',-2)
b'abcde'.hex('::')
b'abcde'.hex('')
b'abcde'.hex(1)
b'abcde'.hex('\xe9')
b'abcde'.hex(b':',4)
b'abcde'.hex(bytes_per_sep=2,sep='-')
bytes.fromhex('616263')
bytes.fromhex(' 61 62\n63 ')
bytes.fromhex('6 1')
bytes.fromhex('6')
bytes.fromhex('zz')
bytes.fromhex('61z')
bytes.fromhex(5)
bytes.fromhex('\xe9')
b'a b  c'.split()
b'a,b,,c'.split(b',')
b'a,b,,c'.split(b',',1)
b'a,b,,c'.rsplit(b',',1)
b' a b c '.split(None,1)
b' a b c '.rsplit(None,1)
b'a'.split('a')
b'a'.split(b'')
b'a'.split(1)
b'a'.split(sep=b'a',maxsplit=2)
b'a\nb\r\nc\rd\x0be'.splitlines()
b'a\nb\r\nc'.splitlines(True)
b'a\nb'.splitlines(keepends=1)
b','.join([b'a',b'b'])
b','.join(['a'])
b','.join([b'a',1])
b','.join(5)
b','.join([])
b','.join([b'x'])
b''.join((b'a',b'b',b'c'))
b'  a '.strip()
b'xxaxx'.strip(b'x')
b'xxaxx'.lstrip(b'x')
b'xxaxx'.rstrip(b'x')
b'xx'.strip('x')
b'xx'.strip(None)
b'xx'.strip(1)
b'\x0b\x0ca\x1c'.strip()
b'abcabc'.find(b'c')
b'abcabc'.find(b'c',3)
b'abcabc'.find(99)
b'abcabc'.find(256)
b'abcabc'.find('c')
b'abcabc'.find(b'',10)
b'abcabc'.find(b'',6)
b'abcabc'.rfind(b'c')
b'abcabc'.index(b'x')
b'abcabc'.index(b'b',-2)
b'abcabc'.rindex(b'x')
b'abcabc'.count(b'bc')
b'abcabc'.count(b'')
b'abcabc'.count(97)
b'abcabc'.count('a')
b'abcabc'.find()
b'abcabc'.find(1,2,3,4)
b'abcabc'.find(b'c','x')
b'abc'.replace(b'b',b'xx')
b'abab'.replace(b'b',b'',1)
b'abc'.replace(b'',b'-')
b'abc'.replace(b'',b'-',2)
b'abc'.replace('b','c')
b'abc'.replace(b'b')
b'abc'.replace(b'b',b'c',1.5)
b''.replace(b'',b'x')
b''.replace(b'',b'x',0)
b'abc'.startswith(b'ab')
b'abc'.startswith((b'x',b'a'))
b'abc'.startswith('a')
b'abc'.startswith((1,))
b'abc'.startswith(b'b',1)
b'abc'.endswith(b'c')
b'abc'.endswith(b'b',0,2)
b'abc'.endswith(5)
b'abC'.upper()
b'ABc\xe9'.lower()
b'ABc\xe9'.swapcase()
b'hello world'.title()
b'hello wORLD'.capitalize()
b'abc'.isalpha()
b'ab1'.isalnum()
b'12'.isdigit()
b' \t'.isspace()
b'abc'.islower()
b'ABC1'.isupper()
b'Ab Cd'.istitle()
b'abc'.isascii()
b''.isascii()
b''.isalpha()
b'abc'.translate(None)
b'abc'.translate(None,b'b')
b'abc'.translate(bytes(range(256)))
b'abc'.translate(b'x')
b'abc'.translate(bytes.maketrans(b'ab',b'xy'),b'c')
b'abc'.translate(bytes.maketrans(b'ab',b'xy'),delete=b'c')
b'abc'.translate('x')
bytes.maketrans(b'a',b'bc')
bytes.maketrans('a','b')
b'abc'.ljust(5)
b'abc'.rjust(5,b'*')
b'abc'.center(6,b'*')
b'abc'.center(7,'*')
b'abc'.center(7,b'**')
b'-5'.zfill(4)
b'abc'.zfill(2)
b'abc'.zfill('a')
b'a\tb'.expandtabs()
b'a\tb'.expandtabs(4)
b'abcbd'.partition(b'b')
b'abcbd'.rpartition(b'b')
b'abc'.partition(b'x')
b'abc'.rpartition(b'x')
b'abc'.partition(b'')
b'abc'.partition('b')
list(b'abc')
list(reversed(b'abc'))
sorted(b'cab')
min(b'cab')
sum(b'abc')
b'abc'.index(98)
iter(b'abc').__length_hint__()
b'a'.x
bytes(3)()
len(b'abc')
bool(b'')
bytes.__name__
bytes(b'abc') == b'abc'
type(b'')
{b'a':1}[b'a']
b'abc'.__len__()
format(b'a')
format(b'a','5')
'{}'.format(b'a')
f"{b'a'!r:>8}"
b'a b'.split(b' ', -1)
b'aaa'.replace(b'a', b'b', -1)
bytes.fromhex('61 6 2')
eval('b"\\x61\\101\\q"')
isinstance(b'', bytes)
b'abc'.join([b'1', b'2', b'3'])
max(b'a', b'b')
[b'b', b'a', b'c'].index(b'c')
b'a,b'.partition(b',')[2]
""".strip().splitlines():
    show(line)


def hot(n):
    total = 0
    data = bytes(range(256)) * 2
    for i in range(n):
        total += data[i % 512] + len(data[i % 100:i % 300]) + (i % 256 in data)
        if data[i % 500:i % 500 + 2] == b'ab':
            total += 1000
        total += len(b'x' * (i % 5) + b'y')
    return total


for n in (5, 300, 3000):
    print(hot(n))
words = b'the quick brown fox jumps over the lazy dog the end'.split()
counts = {}
for w in words:
    counts[w] = counts.get(w, 0) + 1
print(counts, b' '.join(sorted(counts)), max(words, key=len))
needle = b'ab' * 20 + b'c'
hay = b'ab' * 300 + b'c' + b'ab' * 30
print(hay.find(needle), hay.rfind(needle), hay.count(b'abab'), hay.find(needle + b'x'), hay.replace(needle, b'').count(b'c'))
