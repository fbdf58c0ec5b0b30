# Native loops that rely on where their numbers lie: counters, what a division leaves, products at the edge.


def lcg(x, n):
    s = 0
    for i in range(n):
        x = x * 16807 % 2147483647
        s += x % 7 - x // 65536 % 5
        s -= x * 31 % 1000 - x % 127 + x % 129
    return x, s


# Starts where no round would leave it: below zero, beyond 64 bits.
for start in (1, 0, -1, -2 ** 40, 2 ** 62, -2 ** 63, 2 ** 64 + 5, 2147483646):
    print(start, lcg(start, 300), lcg(start, 3))


def far(a, b, step):
    t = 0
    for i in range(a, b, step):
        t = t * 3 + i * i * 5 - i // 7
        t = t % 1000003 - i % 11
    return t


# Ranges on both sides of where counters are known to be small.
for a, b, step in [
    (0, 500, 1),
    (2 ** 46 - 300, 2 ** 46 + 300, 1),
    (2 ** 47 - 300, 2 ** 47 + 300, 1),
    (2 ** 62, 2 ** 62 + 2 ** 40, 2 ** 32),
    (2 ** 63 - 400, 2 ** 63 - 1, 1),
    (2 ** 63 - 400, 2 ** 63 + 400, 2),
    (-300, 300, 1),
    (300, -300, -1),
    (0, 2 ** 61, 2 ** 52),
]:
    print(a, b, step, far(a, b, step))


def edge(n):
    "3 * n + 1, with n near a third of the largest int of 64 bits."
    out = []
    third = 2 ** 63 // 3
    for i in range(n):
        m = third - n // 2 + i
        out.append(3 * m + 1 - 2 ** 63)
    return out


print(edge(400)[190:210])


def signs(n):
    out = 0
    for i in range(n):
        x = i % 50 - 25
        out += x // 7 * 1000 + x % 7 + x // 16 * 100 + x % 16 - x // 3 + x % 5
        out += (x - 13) // 9 - (x * 3) % 31
    return out


print(signs(1000))


def up_and_down(n):
    s = 2 ** 63 - 1000
    t = -2 ** 63 + 1000
    for i in range(n):
        s += i % 9
        t -= i % 9
    return s, t


print(up_and_down(100), up_and_down(700))


def while_down(n):
    k = 0
    while n > 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        k += 1
    return k


print([while_down(2 ** 61 + i) for i in range(7)], max([while_down(i) for i in range(2000)]))
