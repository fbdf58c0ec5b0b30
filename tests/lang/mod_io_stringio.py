# io.StringIO: writing anywhere, reading, newlines, what it refuses.
import io

s = io.StringIO()
print(s.write('hello '), s.write('wörld\n'), s.tell(), repr(s.getvalue()))
print('x', 1, sep='-', file=s)
s.writelines(['a\n', 'b'])
print(repr(s.getvalue()), repr(s.read()), s.seek(0), repr(s.read(5)), repr(s.readline()), list(s))
s.seek(2)
s.write('LL')
s.seek(0, 2)
s.write('!')
print(repr(s.getvalue()), s.truncate(4), repr(s.getvalue()), s.tell())
s.seek(6)
s.write('gap')
print(repr(s.getvalue()))
for newline in ('\n', '', None, '\r', '\r\n'):
    t = io.StringIO('a\nb\r\nc\rd', newline=newline)
    print(repr(newline), repr(t.getvalue()), list(t), t.newlines)
t = io.StringIO('one\ntwo\nthree')
print(t.readline(2), t.readline(), t.readlines(), t.read(), next(t, 'end'))
with io.StringIO('x') as t:
    print(t.readable(), t.writable(), t.seekable(), t.isatty(), t.closed, t.encoding, t.line_buffering)
print(t.closed, isinstance(t, io.TextIOBase), isinstance(t, io.IOBase))


class Log(io.StringIO):
    def write(self, text):
        return super().write(text.upper())


log = Log()
print('loud', file=log)
print(repr(log.getvalue()))
u = io.StringIO()
for f in (t.read, t.getvalue, t.tell, lambda: t.write('a'), lambda: iter(t), t.__enter__, lambda: u.write(b'a'),
          lambda: u.write(None), lambda: io.StringIO(5), lambda: io.StringIO('', 'x'), lambda: io.StringIO('', 5),
          lambda: u.seek(-1), lambda: u.seek(1, 1), lambda: u.seek(0, 9), lambda: u.truncate(-1), u.fileno, u.detach,
          lambda: u.read('x'), lambda: u.seek(1.5), lambda: u.writelines(5)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
