# additions and products that leave the inline ints
def count(start, step, n):
    i = 0
    while i < n:
        start = start + step
        i = i + 1
    return start

m = 2 ** 48
print(count(m - 10, 3, 10), count(-m + 10, -3, 10), count(m - 2, 1, 3), count(-m + 1, -1, 3))
x = m - 1
print(x, x + 1, -x - 1, -x - 2, x - x, (x + 1) - 1, x * 2, x * x)
print((m - 1) == (m - 1), m == m + 0, m + 1 > m, m is None)
for e in (47, 48, 49):
    for d in (-1, 0, 1):
        v = 2 ** e + d
        print(v, -v, v + 1, -v - 1, v * -1, v // 3, v % 1000, -v // 3, -v % 1000, ~v, v >> 3, v << 3)
