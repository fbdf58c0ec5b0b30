# Slices of every sequence, with every kind of bound.
def show(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as e:
        print(type(e).__name__, e)


seqs = [[0, 1, 2, 3, 4, 5], (0, 1, 2, 3, 4, 5), 'abcdef', 'aé€\U0001f600z\ud800', b'abcdef', range(6), range(10, -2, -2)]
bounds = [None, 0, 2, -2, 5, 100, -100, 10 ** 30, -10 ** 30, True]
steps = [None, 1, 2, -1, -3, 10 ** 30, -10 ** 30]
for q in seqs:
    total = 0
    for a in bounds:
        for b in bounds:
            for c in steps:
                r = q[a:b:c]
                assert type(r) is type(q)
                total = (total * 31 + hash(tuple(r)) + len(r)) % 1000003 if q is not seqs[3] and type(q) is not str else total + len(r)
    print(type(q).__name__, total, ascii(q[1:4]), ascii(q[::-2]), ascii(q[-1:]), ascii(q[4:1]))
x, y = (1, 2), 'ab'
print(x[:] is x, y[:] is y, x[0:2] is x, [1][:] == [1], ()[1:], ''[::2], b''[:], [][::-1])
print(range(10)[2:8:3], range(10 ** 30)[10 ** 29:], range(0, 10 ** 30, 7)[::-1], range(5)[1:][1:][::-1])
print(slice(1), slice(1, 2), slice(None, 'a', []), slice(1, 2, 3) == slice(1, 2, 3), slice(1) < slice(2), slice(1) != slice(2))
print(slice(1, 5, 2).start, slice(1, 5, 2).stop, slice(1, 5, 2).step, slice(3).start)
print(slice(None, None, -1).indices(5), slice(1, 10 ** 30).indices(7), slice(-3, None).indices(10 ** 30), slice(-100, 100, 3).indices(4))
print('abc'[slice(1, None)], (1, 2, 3)[slice(2)], type(slice(1)))
for q in seqs:
    show(lambda: q['a':])
    show(lambda: q[:1.5])
    show(lambda: q[::0])
    show(lambda: q[1, 2])
    show(lambda: q['a'])
    show(lambda: q[10 ** 30])
    show(lambda: q[99])
show(lambda: {}[1:2])
show(lambda: {1: 2}[:])
show(lambda n: n[1:], 5)
show(lambda n: n[0], None)
show(lambda: len[:])
show(lambda: hash(slice(1)))
show(lambda: slice())
show(lambda: slice(1, 2, 3, 4))
show(lambda: slice(a=1))
show(lambda: slice(1).indices(-1))
show(lambda: slice(1).indices('a'))
show(lambda: slice(1.5).indices(3))
show(lambda: slice(1, 2, 0).indices(3))
show(lambda: slice(1) < 1)
show(lambda: slice(1, 'a') < slice(1, 2))


def set_start():
    slice(1).start = 5


show(set_start)


def hot(n):
    l = list(range(50))
    s = 'abcdefghijklmnopqrstuvwxyz'
    t = tuple(l)
    total = 0
    for i in range(n):
        total += sum(l[i % 7:i % 50:2]) + len(s[i % 30:]) + len(t[::-1][:i % 9])
        if s[:i % 5] == 'abc':
            total += 1000
    return total


for n in (5, 300, 3000):
    print(hot(n))
