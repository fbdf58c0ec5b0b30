# Texts that are no ints: what the ValueError quotes, short and long, and where `int()` skips blanks.
TEXTS = ['', ' ', 'x', '-', '+', '+-1', '- 1', ' x', 'x1', '1x', ' 1', '1 ', '+7', ' -7 ', '_1', '1_', '1_0', '0x10', '.5', '1.5',
         "it's", 'a"b', "'\"", 'back\\slash', 'tab\t', '\t', '\n5\n', '\x1c5', '\x1cx', '\x85 6', '\xa07', '\x7f', '\xe9', '\u0663', '\u0663x',
         '\ud800', 'w' * 39, 'w' * 40, 'w' * 41, 'w' * 199, 'w' * 300, '-' + 'w' * 39, '~', '!']
for t in TEXTS:
    try:
        print(ascii(t), int(t))
    except ValueError as e:
        print(ascii(t), ascii(e.args))

class S(str):
    def __repr__(self):
        return 'mine'

for v in (S('x'), S('5'), S("q'"), b'x', b'', b'5', bytearray(b'y'), b'w' * 50):
    for base in ((), (10,), (16,), (0,)):
        try:
            print(int(v, *base))
        except ValueError as e:
            print(e)

def parse(text):
    try:
        return int(text)
    except ValueError as e:
        return str(e)

out = set()
for i in range(400):
    out.add(parse(('12', 'x', '', '7 8')[i % 4]))
print(sorted(map(str, out)))
