# import of sys and time
import sys, time
import sys as system
print(system is sys, sys.__name__, time.__name__, sys.maxsize, sys.byteorder in ('little', 'big'))
t0 = time.time()
p0 = time.perf_counter()
m = time.monotonic()
print(t0 > 1000000000, time.perf_counter() >= p0, time.monotonic() >= m, type(t0).__name__)
def f():
    import time as t
    return t is time
print(f(), len(sys.argv), __name__)
