# range, slice, complex and the methods of int.
def t(src):
    try:
        r = repr(eval(src))
    except Exception as e:
        r = type(e).__name__ + ": " + str(e)
    print(src, "->", r)
for s in """range(5)[2]
range(5)[-1]
range(5)[5]
range(5)[1:3]
range(10)[::-1]
range(10)[8:2:-2]
range(0, 10, 3)[1:]
range(2**70)[2**69]
range(2**70)[-1]
range(5).index(3)
range(5).index(9)
range(5).count(3)
range(5).count('a')
range(0, 10, 2).index(3)
range(5) == range(0, 5, 1)
range(0) == range(2, 1)
range(1, 2) == range(1, 9, 8)
hash(range(0)) == hash(range(5, 5))
hash(range(3)) == hash(range(0, 3, 1))
range(5).start, range(5).stop, range(5).step
range(1.0)
range('a')
range()
range(1, 2, 0)
range(1, 2, 3, 4)
range(stop=3)
len(range(2**63))
len(range(-5, 5, 3))
bool(range(0)), bool(range(1))
3 in range(5), 3.0 in range(5), 3.5 in range(5), 'a' in range(5), True in range(2), 5 in range(0, 10, 5)
list(range(5, 0, -2)), list(range(2**65, 2**65 + 2))
repr(range(1, 2, 3)), str(range(0, 5)), repr(range(0, 5, 1))
range(5).__reduce__()
range(5) < range(6)
range(5) + range(3)
range(5)['a']
range(5)[1.0]
range(True, 5)
slice(1)
slice(1, 2, 3) == slice(1, 2, 3)
slice(1) < slice(2)
hash(slice(1))
slice(None, None, -1).indices(5)
slice(-3, None).indices(5)
slice(0, 100, 2).indices(2**70)
slice(1, 2, 0).indices(5)
slice(1.5).indices(5)
slice(1).indices(-1)
slice(1).indices('a')
slice()
slice(1, 2, 3, 4)
slice(1).start, slice(1).stop, slice(1).step
slice('a', [], {}).start
repr(slice(1, None, 'x'))
slice(1, 2).__reduce__()
slice(a=1)
slice(1).start.foo
complex(1, 2), complex('1+2j'), complex('j'), complex('-j'), complex('1e5j'), complex(' (1+2j) ')
complex('1+'), 
complex('1 + 2j')
complex('a')
complex('')
complex(1, 'a')
complex('1', 2)
complex(None)
complex([])
complex(1j, 2j), complex(real=1, imag=2), complex(imag=5)
complex(1, 2, 3)
complex(foo=1)
complex(2**2000)
1j ** 2, 1j ** 0.5, 0j ** 0, (1 + 2j) ** -1, (1 + 2j) ** 3, 2 ** 1j, (-1) ** 0.5
0j ** -1
0j ** 1j
1j / 0
1j // 1
1j % 1
divmod(1j, 1)
1j < 2j
abs(3 + 4j), abs(complex(1e308, 1e308)) if 0 else 0
abs(complex(1.7e308, 1.7e308))
(1 + 2j).conjugate(), (1 + 2j).real, (1 + 2j).imag
hash(1 + 0j) == hash(1), hash(1j) == hash(complex(0, 1)), 1 + 0j == 1, 1j == 1, 1j != 'a'
int(1j)
float(1j)
round(1j)
bool(0j), bool(1j)
repr(1j), repr(-1j), repr(1 - 0j), repr(complex(-0.0, 1)), repr(complex(0.0, -0.0)), repr(complex('nan+infj'))
+1j, -1j, -(0j), 1j - 1, 1 - 1j, 1j * 1j, 1j + True
(1j).__getnewargs__(), (1j).__add__('a'), (1j).__lt__(1j), (1j).__eq__(1)
(5).bit_length(), (0).bit_length(), (-255).bit_length(), (2**100).bit_length(), True.bit_length()
(1000).to_bytes(2, 'big'), (1000).to_bytes(4, 'little'), (-1).to_bytes(2, 'big', signed=True)
(1000).to_bytes(1, 'big')
(-1).to_bytes(1, 'big')
(1).to_bytes(-1, 'big')
(1).to_bytes(1, 'x')
(1).to_bytes(1)
int.from_bytes(b'\\x01\\x00', 'big'), int.from_bytes(b'\\xff\\xff', 'little', signed=True), int.from_bytes([1, 2], 'big'), int.from_bytes(b'', 'big')
int.from_bytes('a', 'big')
int.from_bytes(b'a', 'x')
(5).as_integer_ratio(), (5).conjugate(), (5).numerator, (5).denominator, (5).real, (5).imag
(1.5).as_integer_ratio(), (-0.25).as_integer_ratio(), (1.5).is_integer(), (2.0).is_integer(), (1.5).hex()
int('0b101', 0), int('0x1F', 16), int('-0o17', 0), int('  12  '), int('1_000'), int('z', 36)
int('1__0')
int('_1')
int('')
int('1.5')
int('08', 0)
int('12', 1)
int('12', 37)
int(12, 10)
int('9', 8)
int(x=1)
int('1', base='a')
int(None)
int(float('nan'))
int(float('inf'))
int(1e20), int(-1.9), int('\\u0664\\u0665')
round(15, -1), round(25, -1), round(-15, -1), round(5, 3), round(10**30 + 5, -1), round(2.5), round(3.5), round(2.675, 2), round(1e300, -300), round(5, -400)
round(2.5, None), round(2, None), round(True), round(1.5, 0), round(-0.4)
round('a')
round(1, 'a')
round(1.5, 1.0)
divmod(7, -2), divmod(-7, 2), 7 // -2, 7 % -2, -7 // 2, -7 % 2, divmod(7.5, -2), divmod(-7.5, 2), 7.5 // 0.1, 7.5 % 0.1, -0.0 // 1
1 // 0
1 % 0
1.0 // 0
1.0 % 0
divmod(1, 0)
divmod(1.0, 0)
pow(2, -1), pow(3, -1, 7), pow(2, 10, 1000), pow(-2, 3, 5), pow(2, 3, -5)
pow(2, -1, 4)
pow(2, 3, 0)
pow(2, 3.0, 5)
pow(2.0, 3, 5)
1 << -1
1 >> -1
1 << 2**70
0 << 2**70
1 >> 2**70, -1 >> 2**70
~5, -True, +True, ~True, True + True, True & 1, True | False, True ^ 1
5 & -3, 5 | -8, 5 ^ -1, 2**70 & -1, -2**70 | 1
1 & 1.0
(5).__add__(1.0), (5).__add__('a'), (5).__rsub__(7), (5).__pow__(2, 3), (5).__divmod__(3), (5).__truediv__(2), (5).__eq__(5.0), (5).__lt__(6)
int.__add__(True, True), bool.__and__(True, False), (5).__index__(), True.__index__(), (5).__floor__(), (5).__ceil__(), (5).__trunc__(), (5).__round__(), (5).__bool__()
int.__new__(int, 5), int.__new__(bool, 5)
int.__new__(str, 5)
bool(), bool('a'), bool([]), bool(0.0), bool(None)
bool(1, 2)
bool(x=1)
10**20 / 10**19, 10**400 / 10**399, 1 / 3, 2**1024 / 3
10**400 / 1
2**1024 * 1.0
float(2**1024)
5 .__format__('x'), (5).__repr__(), (5).__str__(), (5).__hash__(), hash(2**61 - 1), hash(2**61), hash(-1), hash(-2), hash(2**200), hash(1.5), hash(float('inf'))
1 < 1.5, 2**53 + 1 == float(2**53 + 1), 2**53 + 1 > 2.0**53, 10**400 > float('inf'), -10**400 < float('-inf'), 1 == True
1 < 'a'
sum([0.1] * 10), sum([1, 2.5, True]), sum([[1], [2]], [])
sum(['a'], '')
max(1, 2.0, True), min([3, 1, 2], key=lambda x: -x), max('a', 'b'), min([], default=5)
max()
max(1)
max([])
max(1, 2, default=3)
chr(97), chr(0x10ffff), ord('a'), ord('\\u00e9')
chr(-1)
chr(0x110000)
chr(1.5)
ord('ab')
ord(5)
bin(5), bin(-5), oct(8), hex(255), hex(-255), bin(2**65)
hex(1.5)""".split("\n"):
    t(s)
