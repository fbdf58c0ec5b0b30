# What a leaf counts is not folded for arguments that nobody has found to be whole: its copies at the calls get others.
H = [1.0]


def f(x):
    if x < 4.0:
        return (x - 1125899906842624.0) + 1125899906842623.0
    s = H[0]
    return f(x - s) + f(x - 2.0 * s)
list(map(f, [9.0] * 3000))
for k in range(6):
    H[0] = 1.27 + k * 0.037
    print(list(map(f, [9.0])))
# And a test that goes the other way


def t(x):
    if (x - 1125899906842624.0) + 1125899906842620.0 < 0.0:
        return 1.0
    s = H[0]
    return t(x - s) + t(x - 2.0 * s)
H[0] = 1.0
list(map(t, [9.0] * 3000))
for k in range(6):
    H[0] = 1.22 + k * 0.013
    print(list(map(t, [9.0])))
