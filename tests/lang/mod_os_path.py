# os.path: paths as text.
import os.path as p

print(p.join('a', 'b', '', 'c'), p.join('a', '/b', 'c'), p.join('a/', 'b'), p.join('a', ''), p.join(b'a', b'b'), p.join(''))
for s in ('/a/b/c.tar.gz', 'c', '/', '//x', 'a//b//', '.bashrc', 'a/.b', '...', 'x.', ''):
    print(repr(s), p.split(s), p.splitext(s), p.basename(s), p.dirname(s), p.isabs(s), p.splitdrive(s))
for s in ('', '.', './/a/../b/', '/../a', '//a/./b', '///a', '../../x', 'a/../..', 'a/b/../../..', '/.', b'a/./b'):
    print(repr(s), repr(p.normpath(s)))
print(p.commonprefix(['/usr/lib', '/usr/local']), p.commonprefix([]), p.commonprefix([[1, 2], [1, 3]]))
print(p.commonpath(['/usr/lib', '/usr/local/x']), p.commonpath(['a/b', 'a/c/']), p.commonpath([b'/a', b'/b']), p.commonpath(['x']))
print(p.relpath('/a/b/c', '/a/d'), p.relpath('/a', '/a'), p.relpath('/a/b', '/a'), p.relpath('/', '/x/y'), p.normcase('/A'))
print(p.abspath('/a/../b'), p.sep, p.pathsep, p.curdir, p.pardir, p.extsep, p.altsep, p.devnull)


class Path:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


print(p.join(Path('a'), 'b'), p.basename(Path('/x/y')), p.splitext(Path(b'a.b')))
for f in (lambda: p.join('a', b'b'), lambda: p.join('a', 5), lambda: p.join(5), lambda: p.split(None), lambda: p.commonpath([]),
          lambda: p.commonpath(['/a', 'b']), lambda: p.relpath(''), lambda: p.commonpath(['a', b'b']), lambda: p.relpath('/a', b'/b'),
          lambda: p.basename(Path(5)), lambda: p.normpath([])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
