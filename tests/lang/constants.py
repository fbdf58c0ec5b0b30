# constant folding keeps values: signs, big powers, strings, tuples
print(1 + 2 * 3, -1, --1, ~5, not 0, 2 ** 10, 2 ** 100, -2 ** 2, 10 // 3, -10 // 3, 10 % -3, 1 << 20, 'a' * 5, 'ab' + 'cd', (1, 2) + (3,), (1,) * 3)
print(-0.0, 0.0, -0.0 + 0.0, 1e309, -1e309, 1e309 - 1e309, 3.0 * 2, 7 / 2, 7.0 // 2, 1_000_000, 0xff, 0o17, 0b101, 1e3, .5, 5.)
print(None is None, (1, 2) == (1, 2), 'abc'[1], (1, 2, 3)[0], 5 in (1, 5), 'x' in ('y', 'z'), 1 if 1 else 2)
def f():
    if 1:
        a = 'taken'
    else:
        a = 'not'
    while 0:
        a = 'never'
    return a, __debug__
print(f())
def g():
    x = (1, (2, 3), 'a', None, True, 1.0, -0.0)
    return x
print(g(), g() is g())
