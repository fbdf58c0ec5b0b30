# which except clause runs: classes, tuples, bases, bare
def f(e):
    try:
        raise e
    except KeyError as x:
        return 'KeyError', x.args
    except (TypeError, ValueError) as x:
        return 'TypeError or ValueError', x.args
    except LookupError:
        return 'LookupError'
    except Exception as x:
        return 'Exception', type(x).__name__
    except:
        return 'bare'
for e in (KeyError('a'), TypeError('b', 1), ValueError(), IndexError('c'), RuntimeError(), ZeroDivisionError, KeyboardInterrupt, SystemExit(3), UnicodeError('u'), OverflowError):
    print(f(e))
def not_class():
    try:
        raise ValueError('v')
    except 5:
        pass
try:
    not_class()
except TypeError as e:
    print(e)
def dynamic(cls):
    try:
        [][1]
    except cls:
        return 'caught'
print(dynamic(IndexError), dynamic((KeyError, (LookupError))))
