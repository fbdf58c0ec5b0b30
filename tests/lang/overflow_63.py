# sums, products and shifts at the edge of 64 bits
def grow(n):
    x = 1
    i = 0
    while i < n:
        x = x * 3 + i
        i = i + 1
    return x

for n in (10, 38, 39, 40, 41, 42, 60, 100):
    print(n, grow(n), grow(n) - grow(n - 1))
big = 2 ** 63
for d in (-2, -1, 0, 1, 2):
    v = big + d
    print(v, -v, v + v, v * v, v - big, v // 7, v % 7, -v // 7, -v % 7, v & 255, v | 1, v ^ v)
    print(v >> 1, v << 1, v >> 63, -v >> 63, v == big, v < big, v > big, ~v)
print(-big // -1, (-big) * -1, abs(-big), -(-big), divmod(-big, -1))
print(9223372036854775807 + 1, -9223372036854775808 - 1, 4611686018427387904 * 2, 3037000500 * 3037000500)
