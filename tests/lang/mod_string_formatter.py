# string: constants, capwords, and Formatter with each of its steps changed.
import string

for name in ('ascii_letters', 'digits', 'hexdigits', 'octdigits', 'punctuation', 'whitespace'):
    print(name, ascii(getattr(string, name)))
print(string.printable.isascii(), len(string.printable), string.capwords(' hello   big WORLD '), string.capwords('a-b-c', '-'))
f = string.Formatter()
print(f.format('{0} {1} {x!r:>6} {1}', 1, 2, x='q'))
print(f.format('{}-{}', 'a', 'b'), f.format('{0[k]}{0[1]}', {'k': 5, 1: 6}), f.format('{0.real:{1}}|', 7, '>4'))
print(list(f.parse('a{b!r:c{d}}e{{f}}')), list(f.parse('')), list(f.parse('{}')))
print(f.get_field('0.imag', (3,), {}), f.vformat('{0}{k}', (1,), {'k': 2}), f.format('{0!s}{0!r}{0!a}', 'é'))


class Default(string.Formatter):
    def get_value(self, key, args, kwargs):
        if isinstance(key, str):
            return kwargs.get(key, '<' + key + '>')
        return super().get_value(key, args, kwargs)

    def check_unused_args(self, used, args, kwargs):
        print('used', sorted(map(str, used)), 'of', len(args), sorted(kwargs))

    def convert_field(self, value, conversion):
        if conversion == 'u':
            return str(value).upper()
        return super().convert_field(value, conversion)


print(Default().format('{a} {b} {0!u}', 'loud', b='B', c='C'))
for s, args in (('{} {0}', (1,)), ('{0} {}', (1,)), ('{', ()), ('}', ()), ('{0!x}', (1,)), ('{0!}', (1,)), ('{a', ()),
                ('{2}', (1,)), ('{zz}', ()), ('{0.zz}', (1,)), ('{0[zz]}', ({},)), ('{0:{1:{2}}}', (1, 2, 3)), ('{0.}', (1,)),
                ('{0[}', (1,)), ('{0[]}', (1,)), ('{0]x}', (1,)), ('{0!r', (1,)), ('{0:{', (1,)), ('{:d}', ('x',))):
    try:
        print(repr(s), f.format(s, *args))
    except Exception as e:
        print(repr(s), type(e).__name__, e)
