# os: the environment, expandvars, expanduser, fsencode, PathLike.
import os

os.environ['TP_A'] = 'one'
os.environ['TP_B'] = 'twö'
print(os.environ['TP_A'], os.getenv('TP_B'), os.getenv('TP_ZZ'), os.getenv('TP_ZZ', 'd'), 'TP_A' in os.environ)
print(os.environb[b'TP_B'], os.getenvb(b'TP_A'), os.environ.get('TP_B'), os.environ.setdefault('TP_C', 'x'))
print(os.path.expandvars('$TP_A/${TP_B}/$TP_ZZ/$/${TP_A/$TP_A$TP_A-x'), os.path.expandvars(b'<$TP_A>'))
os.environ['HOME'] = '/home/me/'
print(os.path.expanduser('~'), os.path.expanduser('~/x'), os.path.expanduser('a~'), os.path.expanduser(b'~/y'))
os.environ['HOME'] = '/'
print(os.path.expanduser('~'), os.path.expanduser('~/x'))
print(os.environ.pop('TP_C'), 'TP_C' in os.environ, os.environ.copy()['TP_A'], isinstance(os.environ, dict))
del os.environ['TP_A']
os.environ.update(TP_D='4')
print(sorted(k for k in os.environ if k.startswith('TP_')), len(os.environ) == len(list(os.environ)))
print(os.fsencode('é\udcff'), os.fsdecode(b'\xc3\xa9\xff') == 'é\udcff', os.fspath('a'), os.fspath(b'a'))


class P:
    def __fspath__(self):
        return 'p'


class Bad:
    def __fspath__(self):
        return 5


print(os.fspath(P()), os.fsencode(P()), isinstance(P(), os.PathLike), issubclass(int, os.PathLike))
for f in (lambda: os.environ['TP_ZZ'], lambda: os.environ.__setitem__('a', 1), lambda: os.environ.__setitem__(1, 'a'),
          lambda: os.environb['a'], lambda: os.environ.__delitem__('TP_ZZ'), lambda: os.fspath(5), lambda: os.fspath(Bad()),
          lambda: os.PathLike(), lambda: os.getenv(1)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(os.name, repr(os.linesep), os.sep, os.curdir, os.devnull, os.get_exec_path({'PATH': 'a:b'}), os.SEEK_END, os.error)
