# warnings: filters decide; records; errors; once and default; warnings of other places.
import warnings

def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)

def old():
    warnings.warn('old() is old', DeprecationWarning, stacklevel=2)
    return 'result'
def record(setup, n=2):
    with warnings.catch_warnings(record=True) as log:
        warnings.resetwarnings()
        setup()
        for _ in range(n):
            old()
        warnings.warn('other')
        return [(w.category.__name__, str(w.message), w.lineno > 0) for w in log]
t(lambda: record(lambda: warnings.simplefilter('always')))
t(lambda: record(lambda: warnings.simplefilter('ignore')))
t(lambda: record(lambda: warnings.simplefilter('default')))
t(lambda: record(lambda: warnings.simplefilter('once')))
t(lambda: record(lambda: warnings.simplefilter('module')))
t(lambda: record(lambda: warnings.simplefilter('error')))
t(lambda: record(lambda: (warnings.simplefilter('always'), warnings.filterwarnings('ignore', 'OLD'))))
t(lambda: record(lambda: (warnings.simplefilter('always'), warnings.filterwarnings('ignore', r'.*is old$'))))
t(lambda: record(lambda: (warnings.simplefilter('always'), warnings.filterwarnings('error', category=UserWarning))))
t(lambda: record(lambda: (warnings.simplefilter('ignore'), warnings.filterwarnings('always', module='__main__'))))
t(lambda: warnings.simplefilter('nope'))
t(lambda: warnings.warn('x', int))
t(lambda: warnings.warn('x', 'y'))

class Mine(UserWarning):
    pass
with warnings.catch_warnings():
    warnings.simplefilter('error', Mine)
    t(lambda: warnings.warn(Mine('with', 2)))
t(lambda: warnings.formatwarning('msg', Mine, 'f.py', 3, 'the line'))
seen = []
with warnings.catch_warnings():
    warnings.simplefilter('always')
    warnings.showwarning = lambda *a, **k: seen.append((str(a[0]), a[1].__name__, a[3]))
    warnings.warn_explicit('explicit', Mine, 'file.py', 7)
    warnings.warn('shown')
print(seen[0], seen[1][:2])
class Sink:
    def write(self, text): print('sink:', repr(text))
warnings.showwarning('m', Mine, 'f.py', 1, Sink(), 'code')
