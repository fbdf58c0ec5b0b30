# The % operator of bytes.
def show(source):
    try:
        print(source, '->', ascii(eval(source)))
    except Exception as e:
        print(source, '->', type(e).__name__, ascii(str(e)))


for line in r"""
b'%d' % 5
b'%s' % b'x'
b'%s' % 'x'
b'%b %r %a' % (b'x', 'y', 'z\xe9')
b'%c%c' % (65, b'B')
b'%x %5.2f %05d' % (255, 1.5, 42)
b'%d' % 'x'
b'%d %d' % 1
b'%d' % (1,2)
b'%(a)s' % {b'a': b'v'}
b'%c' % 256
b'%c' % 'a'
b'%z' % 1
b'%' % ()
b'%5s|%-5s|' % (b'a', b'b')
b'%.2s' % b'abc'
b'%s' % 5
b'abc' % ()
b'abc' % 1
b'%d' % 1.5
b'%x' % 1.5
b'%i%u' % (1,2)
b'%#x %+d' % (255, 3)
'%s' % b'a'
b'%f' % 'x'
b'%f' % 1j
b'%f' % 10**400
b'%f' % (10**400)
b'%d' % 1j
b'%z' % 1
b'\xe9%d\xff%s' % (1, b'\xe9')
b'%5s|' % b'\xe9'
b'%(\xe9)s' % {b'\xe9': b'v'}
b'%(a)s' % {'a': b'v'}
b'%(a)s' % [1]
b'%(a)s' % 1
b'%(a' % {}
b'%*d' % (5, 42)
b'%-*d|' % (5, 42)
b'%.*f' % (2, 1.234)
b'%*d' % ('a', 1)
b'%c' % b'ab'
b'%c' % -1
b'%c' % 1.5
b'%a' % '\u20ac'
b'%r' % '\u20ac'
b'%s' % 'x'
b'%s' % None
b'abc' % [1]
b'abc' % {}
b'abc' % b'x'
'abc' % b'x'
'%s' % b'x'
'%d' % b'1'
'%c' % b'a'
b'%%' % ()
b'%5%|' % ()
b'%d%%' % 5
b'%X' % 255
b'%o' % 8
b'% d' % 5
b'%hd' % 5
b'%e' % 12345.678
b'%g' % 1e20
b'%s%s' % (b'a',)
b'' % ()
'a' % ()
b'a' % (1,)
x %= 5
""".strip().splitlines():
    show(line)
