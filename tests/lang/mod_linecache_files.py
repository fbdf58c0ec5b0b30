# linecache: lines of files and of loaders, kept until they change.
import linecache
import os

name = '/tmp/taipan_linecache_%d.py' % os.getpid()


def put(text):
    with open(name, 'wb') as f:
        f.write(text)


put(b'first\nsecond \xc3\xa9\nlast without end')
print([linecache.getline(name, n) for n in range(-1, 5)])
put(b'changed\n')
print(linecache.getline(name, 1), end='')
linecache.checkcache(name)
print(linecache.getline(name, 1), end='')
put(b'# -*- coding: latin-1 -*-\n\xe9\r\nmixed\rends\n')
linecache.checkcache()
print(linecache.getlines(name))
os.remove(name)
print(linecache.getlines(name) != [])
linecache.checkcache(name)
print(linecache.getlines(name), linecache.getline('<string>', 1) == '', linecache.getlines(''))


class Loader:
    def get_source(self, name):
        return 'source of ' + name + '\nline 2'


scope = {'__name__': 'mod', '__loader__': Loader()}
print(linecache.lazycache('gone.py', scope), linecache.lazycache('gone.py', scope), linecache.getlines('gone.py'))
print(linecache.lazycache('gone.py', scope), linecache.lazycache('<x>', scope), linecache.lazycache('other.py', {}))
linecache.clearcache()
print(linecache.getlines('gone.py'), linecache.getline('gone.py', 2, scope), linecache.cache['gone.py'][1])
put(b'\xff')
try:
    linecache.getline(name, 1)
except (SyntaxError, UnicodeDecodeError):
    print('not text')
os.remove(name)
