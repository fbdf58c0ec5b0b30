# Loops over strs, ord and chr: ASCII, wider, of derived classes, of other types.
N = 1500


def letters(text):
    out = {}
    for c in text:
        out[c] = out.get(c, 0) + 1
    return out


def codes(text):
    t = 0
    for c in text:
        t = (t * 31 + ord(c)) % 1000003
    return t


def shifted(text, by):
    out = []
    for c in text:
        out.append(chr(ord(c) + by))
    return ''.join(out)


text = 'the quick brown fox, \x00\x7f jumps\n' * 60
print(letters(text), codes(text), len(shifted(text, 1)), shifted(text[:40], 1))
for n in range(N):
    letters('abc')
    codes('xyz')
    shifted('abc', 1)
wide = 'naïve Ελληνικά 𝔘𝔫𝔦 \udcff'
print(letters(wide), codes(wide), ascii(shifted(wide, 3)))
print(letters(''), codes(''), repr(shifted('', 1)))
print(letters(['ab', 'c']), letters(('a', 'a')), letters({'x': 1}), letters(b'ab'), codes([b'a', 'b']))


class Text(str):
    def __iter__(self):
        return iter(['z', 'y'])


class Plain(str):
    pass


print(letters(Text('abc')), letters(Plain('abc')), codes(Plain('abc')), ord(Plain('q')))
for bad in ('', 'ab', 5, None, b'', b'ab', 'é', b'\xff', bytearray(b'q'), Plain('w'), 'a'):
    try:
        print(codes([bad]))
    except TypeError as e:
        print(e)
for by in (-98, 1000, 0x10ffff, 2**40, 2**70, 1.5, True):
    try:
        print(ascii(shifted('abc', by)))
    except (ValueError, OverflowError, TypeError) as e:
        print(type(e).__name__, str(e).replace('0x', ''))


def edges(n):
    return [chr(i % n) for i in range(n * 2)]


print(len(set(edges(128))), len(set(edges(300))), edges(3) == ['\x00', '\x01', '\x02'] * 2)


def raising(k):
    try:
        return chr(k)
    except ValueError as e:
        return str(e).replace('0x', '')


for n in range(N):
    raising(n % 100)
print(raising(-1), raising(0x110000), raising(0x10ffff) == '\U0010ffff')


def stopped(text, n):
    it = iter(text)
    seen = []
    for c in it:
        seen.append(c)
        if len(seen) == n:
            break
    rest = list(it)
    for c in it:
        rest.append('never')
    return seen, rest


for n in range(N):
    stopped('abcdef', n % 8)
print([stopped('abcdef', n) for n in (0, 1, 3, 6, 9)], stopped('aé€', 1), stopped('', 1))


def nested(a, b):
    return [x + y for x in a for y in b]


for n in range(N):
    nested('ab', 'cd')
print(nested('abc', 'xy'), nested('aé', 'ß'), nested('ab', ['c']))
chr_before, ord_before = chr, ord
print(codes('abc'))
ord = lambda c: 7
print(codes('abc'), shifted('ab', 60))
ord = ord_before
print(codes('abc'))
