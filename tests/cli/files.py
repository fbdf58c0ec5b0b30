f = open('t.txt', 'w', newline='')
f.write('one\ntwo\r\nthree\rfour ä€\U0001F600 x\n')
f.write('last')
print(f.tell()); f.close(); print(f.closed)
for nl in [None, '', '\n', '\r', '\r\n']:
    f = open('t.txt', newline=nl)
    r = []
    for l in f: r.append(l)
    print(repr(nl), r, f.newlines)
    f.seek(0)
    print(repr(f.readline()), f.tell(), repr(f.readline()), f.tell(), repr(f.readline(2)), f.tell(), repr(f.read(3)), repr(f.read()), f.tell())
    p = f.seek(5); print(p, repr(f.read(4)), f.tell(), f.readlines())
    f.close()
f = open('t.txt', 'a'); f.write('\nappended\n'); print(f.tell()); f.close()
print(open('t.txt', 'rb').read())
f = open('t.txt', 'rb'); print(f.readline(), f.read(3), f.tell(), f.read1(4), f.seek(-4, 2), f.read(), f.readlines(), f.seek(0), f.readlines()); f.close()
f = open('t.txt', 'r+b'); print(f.read(4)); f.write(b'TWO'); print(f.tell()); f.seek(0); print(f.read()); f.truncate(5); f.seek(0); print(f.read()); f.close()
f = open('t.txt', 'w+'); f.writelines(['a\n', 'b\n']); f.seek(0); print(f.read()); f.write('c'); f.seek(0); print(f.readlines()); f.close()
f = open('t.txt', 'wb'); print(f.write(b'ok\n\xff\xfe bad\nx\n')); f.close()
for e in ['strict', 'ignore', 'replace', 'surrogateescape', 'backslashreplace']:
    f = open('t.txt', errors=e)
    try: print(e, ascii(f.readline()), ascii(f.read()))
    except UnicodeDecodeError as x: print(e, x, x.object, x.start, x.end, x.encoding)
    f.close()
f = open('t.txt', encoding='latin-1'); print(ascii(f.read())); f.close()
f = open('t.txt', encoding='ascii')
try: f.read()
except UnicodeDecodeError as x: print(x)
f = open('t.txt', 'w', encoding='ascii')
try: f.write('aä')
except UnicodeEncodeError as x: print(x)
f.write('ok'); f.close(); print(open('t.txt').read())
f = open('t.txt', 'w')
try: f.write('a\ud800')
except UnicodeEncodeError as x: print(x)
f.close()
f = open('t.txt', 'w', newline='\r\n'); f.write('a\nb\n'); f.close(); print(open('t.txt', 'rb').read())
f = open('t.txt', 'w')
i = 0
while i < 5000:
    f.write('line %d äö\n' % i); i += 1
f.close()
f = open('t.txt'); n = 0
for l in f: n += len(l)
print(n); f.seek(0); s = f.read(); print(len(s), s[-8:], s[20000:20010])
f.seek(0); pos = []
while True:
    l = f.readline()
    if not l: break
    pos.append(f.tell())
print(len(pos), sum(pos), pos[-1])
f.seek(pos[2500]); print(f.readline())
f.seek(0); print(len(f.read(9000)), f.tell(), f.read(5), f.tell())
import sys
print(sys.stdout.fileno(), sys.stdout.encoding, sys.stdout.name, sys.stdout.mode, sys.stderr.errors, sys.stdin.mode, sys.stdout.writable(), sys.stdout.readable(), sys.stdin.readable())
sys.stdout.flush(); sys.stdout.buffer.write(b'bytes\n'); sys.stdout.buffer.flush()
print(sys.stdout.buffer, sys.stdin.buffer, sys.stdout.buffer is sys.stdout.buffer)
print(repr(input('q? ')), repr(sys.stdin.readline()), sys.stdin.readlines())
try: input()
except EOFError as e: print(e)
def first(x):
    with open(x) as g:
        return g.read(3), g
r = first('t.txt'); print(r, r[1].closed)
print([len(l) for l in open('t.txt')][:3])
