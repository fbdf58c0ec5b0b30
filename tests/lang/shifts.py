# shifts: negative counts, wide counts
def t(f):
    try:
        print(f())
    except (ValueError, OverflowError, TypeError) as e:
        print(type(e).__name__, e)
for a in (0, 1, -1, 5, -5, 2 ** 63, -2 ** 63):
    for n in (0, 1, 31, 47, 48, 62, 63, 64, 100):
        print(a << n, a >> n)
t(lambda: 1 << -1)
t(lambda: 1 >> -1)
t(lambda: 0 << -1)
t(lambda: 1 << 1.0)
t(lambda: 1 >> 2 ** 100)
t(lambda: -1 >> 2 ** 100)
t(lambda: 0 << 2 ** 100)
