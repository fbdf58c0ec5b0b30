# Numbers and texts put into formats, by the ways that most formats take and by those beside them.
NUMBERS = [0, 1, -1, 7, -7, 42, -42, 12345, -12345, 2 ** 47, -2 ** 47, 2 ** 48 - 1, 2 ** 48, -2 ** 48, 2 ** 63, -2 ** 63, 10 ** 30,
           True, False]


class Int(int):
    def __str__(self):
        return 'an int'

    def __format__(self, spec):
        return 'of ' + spec


class Text(str):
    def __str__(self):
        return 'a text'


def raised(f, *args):
    try:
        return f(*args)
    except Exception as e:
        return type(e).__name__, str(e)


FORMATS = ['%d', '%s', '%0d', '%00d', '%5d', '%05d', '%1d', '%01d', '%25d', '%025d', '%99d', '%099d', '%100d', '%0100d', '%-5d|',
           '%+d', '% d', '%5s|', '%05s|', '%i', '%x', '%.3d', '%*d', '%%%d%%', '%d %d', '%', '%5', '%(a)d', '%c', '%1$d', '%ld']
for _ in range(3):
    for f in FORMATS:
        print(f, [raised(f.__mod__, n) for n in NUMBERS + [Int(5), 1.5, 'x', None, (), (3,), (3, 4), {'a': 6}, [1]]])
TEXTS = ['', 'x', '\xe9', '\u20ac' * 3, Text('y'), b'z', None, 2.5, [1], ValueError('v')]
for f in ['%s', '<%s>', '%s%s', '%3s|', '%s %d', '%d %s', '%s\xe9%s']:
    print(f, [raised(f.__mod__, t) for t in TEXTS], [raised(f.__mod__, (t, t)) for t in TEXTS], raised(f.__mod__, ('q', -3)))
for f in [b'%s', b'%d', b'%05d', b'%b', b'%3d|']:
    print(f, [raised(f.__mod__, t) for t in [0, -12, b'ab', 'x', (5,), 10 ** 20]])
for s in ['d', 'x', 'o', 'b', 'X', '#x', '5x', '05d', 'c', 'e', '', 's', 'n', ',', 'xx']:
    print(s, [raised(format, n, s) for n in NUMBERS[:8] + [2 ** 48, True, Int(3), 10 ** 25, -10 ** 25]])


def lines(n):
    out = []
    for i in range(n):
        out.append('%05d|%s|%s' % (i * 37, 'abc'[i % 3], -i) + f'{i:x}-{i % 10}-{-i:b}' + str(i * 1000003))
    return out


print(lines(300)[::7])


def deep(n):
    return '%s' % n if n == 0 else deep(n - 1)


print(deep(100), str(), str(5), str(b'a', 'ascii'), str(object='x'), raised(str, 1, 2), raised(str, 1, 2, 3, 4))
