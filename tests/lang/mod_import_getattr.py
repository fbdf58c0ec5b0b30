# from a module with a __getattr__: its AttributeError says that there is no such name, and no path.
import sys
m = type(sys)('lazy')
asked = []
def getattr_(name):
    asked.append(name)
    if name == 'made':
        return 'made now'
    raise AttributeError('no ' + name)
m.__getattr__ = getattr_
sys.modules['lazy'] = m
from lazy import made
print(made, asked)
try:
    from lazy import absent
except ImportError as e:
    print(type(e).__name__, str(e).split(' (')[0])
def broken(name):
    raise ValueError(name)
m.__getattr__ = broken
try:
    from lazy import other
except ValueError as e:
    print('ValueError', e)
