# from … import.
from sys import maxsize, version_info as info
from time import *
import sys as system
print(maxsize == system.maxsize, info[:2], callable(sleep), callable(perf_counter))
try:
    from sys import no_such_name
except ImportError as e:
    print(type(e).__name__, e, e.name, e.path)
try:
    from no_such_module import x
except ImportError as e:
    print(type(e).__name__, e, e.name)
try:
    import no_such_module.sub
except ImportError as e:
    print(type(e).__name__, e, e.name)


def inside():
    from sys import argv as a, path
    return type(a), type(path)


print(inside())
