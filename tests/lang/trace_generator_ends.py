# The end of a generator is an exception in the frame whose loop it ends, for a trace function.
import sys
log = []
def tr(frame, event, arg):
    if event == 'exception':
        log.append((frame.f_code.co_name, event, frame.f_lineno, arg[0].__name__, repr(arg[1]), type(arg[2]).__name__))
    else:
        log.append((frame.f_code.co_name, event, frame.f_lineno))
    return tr
def gen(n):
    for i in range(n):
        yield i
    return 'r'
def loop():
    for x in gen(2):
        pass
def loop_inner():
    return [x for x in gen(1)]
def dele():
    r = yield from gen(1)
    return r
def loop2():
    for x in dele():
        pass
    for x in []:
        pass
    for x in (y for y in gen(1)):
        pass
class It:
    n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 1: raise StopIteration(5)
        return 1
def loop3():
    for x in It(): pass
    a, b = gen(2)
    list(gen(1))
    sum(gen(1))
def loop4():
    try:
        for x in gen(0):
            pass
        else:
            y = 1
    finally:
        z = 2
for f in (loop, loop_inner, loop2, loop3, loop4):
    log.clear()
    sys.settrace(tr)
    f()
    sys.settrace(None)
    print(f.__name__)
    for l in log: print('  ', l)
# profile
def pr(frame, event, arg):
    log.append((frame.f_code.co_name, event, frame.f_lineno))
for f in (loop, loop2, loop3):
    log.clear()
    sys.setprofile(pr)
    f()
    sys.setprofile(None)
    for l in log: print('  ', l)
