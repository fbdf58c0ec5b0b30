# __del__ is called once when an object dies, resurrection allowed; what it raises is printed.
import gc

log = []
kept = []


class D:
    def __init__(self, n):
        self.n = n

    def __del__(self):
        log.append(self.n)


class Sub(D):
    pass


class L(list):
    def __del__(self):
        log.append(len(self))


class Back:
    def __del__(self):
        log.append('back')
        kept.append(self)


def drop(make):
    for i in range(50):
        make(i)
    gc.collect()
    make(50)
    gc.collect()


for make in (D, Sub, lambda i: L(range(i)), lambda i: Back()):
    drop(make)
    print(45 <= len(log) <= 51, 45 <= len(set(log)) <= 51)
    log.clear()
n = len(kept)
kept.clear()
gc.collect()
print(len(log) <= 51 - n)


def cycle(i):
    d = D(i)
    d.me = d


log.clear()
drop(cycle)
# One of those before may have been found late.
print(45 <= len(log) <= 53, 45 <= len(set(log)) <= 53)


class Last:
    def __del__(self):
        print('at exit')


last = Last()
log = kept = []
print('end')
