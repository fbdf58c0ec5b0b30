# strings: indexing, concatenation, repetition, membership, escapes in repr
s = 'héllo wörld ☃ 🐍'
print(len(s), s[0], s[1], s[-1], s[-3], s[12], 'ö' in s, 'zz' in s, '' in s)
print(s + '!', 'ab' * 3, 3 * 'ab', 'ab' * 0, 'ab' * -1, 'a' 'b' "c")
print(repr("it's"), repr('say "hi"'), repr('both \' and "'), repr('\n\t\r\\\x00\x7f\x80\xa0\xad'), repr('é☃🐍'), repr('\u200b\ud800'))
print('\x41\u0042\U00000043\103')
for c in 'a☃🐍':
    print(c, ord(c), chr(ord(c)) == c)
print('abc' == 'abc', 'abc' != 'abd', 'a' < 'b' < 'c', min('hello'), max('hello'), sorted('hello'))
print(str(1), str(1.5), str(None), str(True), str([1, 'a']), str('x'), repr('x'), str(()), str((1,)), str({}))
x = ''
for i in range(200):
    x += chr(97 + i % 26)
print(x, len(x))
print('%s and %r and %d and %5.2f and %x and %%' % ('s', 'r', 42, 3.14159, 255))
print('%(a)s %(b)05d' % {'a': 1, 'b': 42}, '%s' % (1,), '%s' % [1], '%-6s|%6s|%+d|% d' % ('l', 'r', 5, 5), '%c%c' % (65, 'b'), '%e %g' % (12345.678, 0.00001))
def t(f):
    try:
        print(f())
    except (TypeError, ValueError, KeyError, OverflowError) as e:
        print(type(e).__name__, e)
t(lambda: '%d' % 'a')
t(lambda: '%s %s' % 1)
t(lambda: '%s' % (1, 2))
t(lambda: '%q' % 1)
t(lambda: '%' % ())
t(lambda: '%(x)s' % {})
t(lambda: chr(-1))
t(lambda: chr(0x110000))
