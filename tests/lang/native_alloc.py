# Tuples, cells and large ints that native code makes itself.
def pairs(n):
    out = []
    for i in range(n):
        out.append((i, (i + 1, str(i))))
    return out
p = pairs(5000)
print(len(p), p[0], p[4999], p[77][1][1], hash(p[3]) == hash((3, (4, "3"))))
def cells2(n):
    def make(k):
        def get():
            return k
        return get
    gs = []
    for i in range(n):
        gs.append(make(i))
    s = 0
    for g in gs:
        s += g()
    return s
print(cells2(4000))
def large(n):
    out = []
    x = 2**50
    for i in range(n):
        out.append(x + i)
        out.append(-x - i)
    return out
l = large(4000)
print(l[0], l[-1], l[2] - l[0], sum(l), l[5] is l[5], type(l[7]))
def keep(*args):
    return args
def kept(n):
    all = []
    for i in range(n):
        all.append(keep(i, i * 2**45, 0.5 * i))
    return all
k = kept(6000)
print(k[5999], k[0], len({t for t in k}))
import gc
def collected(n):
    keepers = []
    for i in range(n):
        t = (i, [i])
        if i % 100 == 0:
            keepers.append(t)
        if i % 1000 == 0:
            gc.collect()
    return keepers
c = collected(20000)
print(len(c), c[-1], all([t[0] == t[1][0] for t in c]))
