# methods of str
s = 'Hello, World'
print(s.upper(), s.lower(), s.swapcase(), s.title(), 'abc def'.capitalize())
print(s.find('o'), s.find('o', 5), s.find('zz'), s.rfind('o'), s.index('W'), s.count('l'), 'aaa'.count('aa'), 'abc'.count(''))
print(s.startswith('He'), s.endswith('ld'), s.startswith(('x', 'H')), s.startswith('o', 4))
print('  x y '.strip(), '[' + '  x'.lstrip() + ']', '[' + 'x  '.rstrip() + ']', 'xxabxx'.strip('x'), 'abc'.strip('ca'))
print('a,b,,c'.split(','), ' a  b '.split(), 'a b c'.split(' ', 1), 'a b c'.rsplit(' ', 1), ''.split(), ''.split(','))
print('a\nb\r\nc'.splitlines(), 'a\nb'.splitlines(True), 'k=v=w'.partition('='), 'k=v=w'.rpartition('='), 'kv'.partition('='))
print('-'.join(['a', 'b']), ''.join(()), '-'.join('abc'), 'abcabc'.replace('b', 'X'), 'abcabc'.replace('b', '', 1), 'ab'.replace('', '-'))
print('abc'.center(9, '*'), 'abc'.ljust(6) + '|', 'abc'.rjust(6), '42'.zfill(5), '-42'.zfill(5))
print('abc'.isalpha(), '123'.isdigit(), 'a1'.isalnum(), ' \t'.isspace(), 'Abc'.istitle(), 'ABC'.isupper(), 'abc'.islower(), ''.isalpha(), 'x_1'.isidentifier())
def t(f):
    try:
        print(f())
    except (TypeError, ValueError, AttributeError, IndexError) as e:
        print(type(e).__name__, e)
t(lambda: 'abc'.index('z'))
t(lambda: ','.join([1]))
t(lambda: 'a'.split(''))
t(lambda: 'a'.nope())
t(lambda: 'a' + 1)
t(lambda: 1 + 'a')
t(lambda: 'a' * 'b')
t(lambda: 'abc'[3])
abc = 'abc'
t(lambda: abc['a'])
t(lambda: 'a' in 5)
t(lambda: 5 in 'a')
