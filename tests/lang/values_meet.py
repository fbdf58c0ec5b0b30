# Sets, slices, bytes and complex numbers where other types meet them.
def show(source):
    try:
        print(source.encode('ascii', 'backslashreplace'), '->', ascii(eval(source)))
    except Exception as e:
        print(source, '->', type(e).__name__, ascii(str(e)))


for line in r"""
sum([b'a'], b'')
sum(['a'], '')
sum([{1}], set())
sum([1j])
dict([{1, 2}, 'ab', b'ab'])
dict(b'ab')
dict({1, 2})
tuple({3, 1}), list(frozenset([5])), sorted({3, 1, 2}), min({4, 2}), max(b'az'), any({0}), all(b'a')
list(zip({1}, b'a')), list(enumerate(b'ab')), list(map(str, {7})), list(filter(None, b'a\0b'))
','.join({'a'})
','.join([b'a'])
[*{1}, *b'a'], {**{1: 2}}, (*{1},)
sorted([{1, 2}, {1}, {3}])
max({1}, {1, 2})
[{1}] == [{1}], ({1},) < ({1, 2},), {1: {2}} == {1: frozenset([2])}
[1, 2, 3].index(2, -2), [1] * True
isinstance({1}, (int, set)), issubclass(bytes, (int, str))
bool({0}), bool(b'\0'), bool(0j), bool(slice(None)), not set()
str({1}), ascii({'\xe9'}), '%s' % {1}, '{}'.format({1}), f'{({1})}', f'{b""}'
'%s' % ({1},)
'%(a)s' % {1}
'abc' % {1}
'a' % set()
format({1}, '5')
format({1}, '')
format(slice(1), 's')
{1}.__class__, (1j).__class__.__name__
hash(b'abc') == hash(b'abc'), hash((1, b'a')) == hash((1, b'a'))
{b'a': 1, 'a': 2}
{1, True, 1.0, 1j * -1j}
{1: 'a', 1.0: 'b', 1 + 0j: 'c'}
len({0, 0.0, 0j, False, -0.0})
range(3) == {0, 1, 2}
b'abc' == [97, 98, 99]
b'abc' < [97]
slice(1) in [slice(1)]
[slice(1)].index(slice(1))
slice(None) == slice(None, None, None)
(1, 2, 3)[slice(None, None, -1)]
'abc'[slice(1)]
b'abc'[True]
[1, 2][False:True]
list((1, 2))['0']
list((1, 2))[None]
list((1, 2))[1j]
list((1, 2))[{1}]
list((1, 2))[b'a']
{1: 2}[{1}]
{1: 2}[[1]]
(1).__index__(), (5).__and__(3), {1}.__and__({1}), {1}.__and__([1]), {1}.__rsub__({1, 2})
set.__le__({1}, {1}), set.__lt__({1}, 5)
int(b' 12 '), int(b'1_0'), float(b' 1_0.5 '), int('0b1', 0), int(b'0b1', 0)
int(b'12', 5)
int([1])
int({1})
float({1})
round(2.5 + 0j)
divmod(1, 1j)
1j.real, 1j.imag.real
(1j).real.is_integer()
complex(1, 2) in {1 + 2j}
chr(b'a')
ord({1})
ord(b'')
bytes([1]) + bytes(2), bytes(b'a') * 2
bytes({3, 1, 2})
bytes('a', encoding='latin-1')
bytes(iter([1, 2]))
bytes(map(int, '12'))
bytes((1, 2, 300))
bytes({1: 2})
bytes(x for_ in 1)
b'a'[::2], b'abcdef'[::-2], b'abcdef'[1:-1]
list(b'abc'[::-1]), b'abc'[5:], b''[::-1]
b'abc'.find(b'b', None, None), b'abc'.index(b'c', 0, 3)
b'a' in [b'a'], b'a' in (97,), 97 in b'a', b'' in b''
b'a'.join([]) , b'-'.join([b'a', b'b'])
repr(b'\'"'), repr(b"'"), repr(b'"')
print({1}, b'a', 1j, slice(1), ..., sep='|')
callable({1}), callable(set)
type(slice(1))(1, 2)
type(1j)(3)
set(map(abs, {-1, 1}))
{x for x in b'aab'}
{x: y for x, y in zip(b'ab', {1})}
[x for x in {1, 2, 3} if x in {2, 3}]
{(): 1, frozenset(): 2}
frozenset({frozenset({1}), frozenset({1})})
frozenset([1]) | frozenset([2]), type(frozenset([1]) | {2}), type({1} & frozenset([1]))
frozenset('ab') == set('ba'), hash(frozenset('ab')) == hash(frozenset('ba'))
{1, 2} - {1} | {5} ^ {5, 6} & {6}
set().union(*[{1}, {2}])
set.intersection(*[{1, 2}, {2}])
{1} | None
{1} <= None
{1} == None
None in {None}, ... in {...}
{1}.copy() is {1}
{*()} , {*'a'}
next(iter({5}))
iter({5}).__next__()
len(iter({5}))
{1, 2}.pop() in {1, 2}
list(reversed(b'ab')), list(reversed(range(3)[::-1]))
reversed({1})
'a'.encode().decode().encode('ascii')
'\ud83d\ude00'.encode('utf-16', 'surrogatepass').decode('utf-16')
b'\xff\xfe'.decode('utf-16'), b''.decode('utf-16'), b'\xff\xfe\0\0'.decode('utf-32')
''.encode('utf-16'), ''.encode('utf-8-sig'), b'\xef\xbb\xbfa'.decode('utf-8-sig')
'a'.encode('')
'a\0'.encode('a\0')
'a'.encode(None)
'a'.encode(errors='bogus')
'é'.encode(errors='strict', encoding='ascii')
(-8) ** (1/3), (-1) ** 0.5, (-1) ** -0.5, (-2.0) ** 1.5
0.0 ** -1.0
2 ** 1j, 1j ** 2, 1j ** -1, (1+1j) ** 0, 0j ** 0, 1j ** 1000
(1e308+1j) * 10, 1e308j * 1e10
1j * float('inf'), 1j / float('inf')
-(0j), -(-0j), 0j == -0j, str(-1j), repr(complex(0, -0.0)), complex(-0.0, 0)
1 < 1j
""".strip().splitlines():
    show(line)
x = {1, 2}
a, b = x
print(a, b, [*x])
a, *b = b'abc'
print(a, b)
try:
    a, b = {1}
except ValueError as e: print(e)
try:
    a, b = 1j
except TypeError as e: print(e)
l = [1, 2, 3]
l += {4}
l.extend(b'a')
l[1:1] = {9}
print(l)
for i in {10, 20}: print(i)
d = dict.fromkeys({1}, 2); d.update({3: 4}); print(d, dict.fromkeys(b'a'))
print('%s %s' % (b'a', {1}), '{0[0]}'.format(b'a'))
