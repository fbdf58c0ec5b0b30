# __del__ is called once when an object dies, resurrection allowed; what it raises is printed.
import gc

log = []
kept = []


class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        log.append(('D', self.n))


class Sub(D):
    def __del__(self):
        log.append(('Sub', self.n))


class L(list):
    def __del__(self):
        log.append(('L', len(self)))


class Back(D):
    def __del__(self):
        log.append(('Back', self.n))
        kept.append(self)


def cycle(i):
    d = D(i + 100)
    d.me = d


def drop(make):
    for i in range(50):
        make(i)
    gc.collect()
    make(50)
    gc.collect()


def died(kind, start):
    # The last few that were dropped may be found late; nothing dies that was not made, nor twice.
    these = [n for k, n in log if k == kind and n >= start]
    return 45 <= len(these), len(set(log)) == len(log), set(these) <= set(range(start, start + 51))


for kind, make in ('D', D), ('Sub', Sub), ('L', lambda i: L(range(i))), ('Back', Back):
    drop(make)
    print(kind, died(kind, 0))
kept.clear()
gc.collect()
print('Back', died('Back', 0))
drop(cycle)
print('cycle', died('D', 100))


class Last:
    def __del__(self):
        print('at exit')


last = Last()
log = kept = []
print('end')
