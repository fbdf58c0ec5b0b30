# Slices: read, assigned, deleted, of every shape.
l = list(range(10))
print(l[2:5], l[:3], l[7:], l[:], l[::2], l[::-1], l[8:2:-2], l[-3:], l[:-7], l[100:], l[5:2])
print('abcdef'[1:4], 'abcdef'[::-1], (1, 2, 3)[1:], range(10)[2:8:3], b'abcdef'[1:3])
m = l[:]
m[2:4] = ['a', 'b', 'c']
print(m)
m[::2] = [0] * len(m[::2])
print(m)
m[:] = []
print(m)
m[0:0] = 'xyz'
print(m)
del m[1:]
print(m)
n = list(range(10))
del n[::3]
print(n)


def bounds(a=None, b=None, c=None):
    return l[a:b:c]


print(bounds(), bounds(1), bounds(None, 3), bounds(1, 8, 2), bounds(-1, None, -4))
five = 5
for c in (lambda: l[::0], lambda: l['a':], lambda: l[1.5:], lambda: l[1:2, 3], lambda: five[1:2], lambda: {}[1:2]):
    try:
        print(c())
    except Exception as e:
        print(type(e).__name__, e)
s = slice(1, 2, 3)
print(s, s.start, s.stop, s.step, slice(5), l[slice(2, 4)])
