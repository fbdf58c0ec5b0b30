# linecache: lines of this file and of loaders, kept and forgotten.
import linecache

print(repr(linecache.getline(__file__, 1)), repr(linecache.getline(__file__, 2)))
print(linecache.getline(__file__, 0) == '', linecache.getline(__file__, 9999) == '', len(linecache.getlines(__file__)))
print(linecache.getlines('no such file'), linecache.getlines('<string>'), linecache.getlines(''))
size, time, lines, path = linecache.cache[__file__]
print(size == sum(len(line.encode()) for line in lines), lines[2], path == __file__)


class Loader:
    def get_source(self, name):
        print('asked for', name)
        return 'source of ' + name + '\nline 2'


scope = {'__name__': 'mod', '__loader__': Loader()}
print(linecache.lazycache('gone.py', scope), linecache.lazycache('gone.py', scope), len(linecache.cache['gone.py']))
print(linecache.getlines('gone.py'), linecache.getline('gone.py', 2))
print(linecache.lazycache('gone.py', scope), linecache.lazycache('<x>', scope), linecache.lazycache('other.py', {}))
linecache.checkcache('gone.py')
linecache.checkcache()
print('gone.py' in linecache.cache, linecache.cache['gone.py'][0])
linecache.clearcache()
print(linecache.cache, linecache.getlines('gone.py'), linecache.getline('gone.py', 2, scope))


class Without:
    def get_source(self, name):
        raise ImportError


class Nothing:
    def get_source(self, name):
        return None


for loader in (Without(), Nothing(), object()):
    linecache.clearcache()
    print(linecache.getlines('gone.py', {'__name__': 'm', '__loader__': loader}))
