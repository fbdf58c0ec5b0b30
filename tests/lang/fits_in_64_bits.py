# Whether a sum fits in 64 bits, asked of the sum: who knows that it does because it is checked must keep the check.
MOST = 2 ** 63 - 1


def fits(a, b):
    return -9223372036854775808 <= a + b <= 9223372036854775807


def product_fits(a, b):
    return -9223372036854775808 <= a * b <= 9223372036854775807


def overflows(a, b):
    if a - b > 9223372036854775807 or a - b < -9223372036854775808:
        raise OverflowError('int too large')
    return 1


def tripled(n):
    return 'big' if n * 3 > 9223372036854775807 else 'small'


def asserted(n):
    assert n + 1 <= 9223372036854775807, 'one more'
    return n


def negated(n):
    return -n <= 9223372036854775807


def by_ways(n):
    a = 0
    if n == 9223372036854775807:
        a = 1
    else:
        a = n
    if n + 1 > 9223372036854775806:
        a = a - 1
        if n + 1 < 9223372036854775807:
            return 'below'
        if n + 1 == 9223372036854775807:
            return 'most'
        return 'beyond'
    return a


def known_up(n):
    if n >= 0:
        if n + 5 < 0:
            return 'wrapped'
        if n + 5 >= 5:
            return 'up'
    return 'down'


for i in range(3000):
    fits(i, i), product_fits(i, -i), overflows(i, 3), tripled(i), asserted(i), negated(i), by_ways(i - 1500), known_up(i)
    if i > 1500:
        by_ways(2 ** 60)
for a, b in ((MOST, MOST), (MOST, 1), (MOST, 0), (-MOST, -1), (-MOST, -2), (MOST - 5, -5), (2 ** 70, 1)):
    print(fits(a, b), product_fits(a, b), tripled(a), negated(a), by_ways(a), known_up(a), end=' ')
    try:
        print(asserted(a), overflows(a, -b))
    except (AssertionError, OverflowError) as e:
        print(type(e).__name__, e)
print(negated(-MOST - 1), by_ways(MOST - 1), by_ways(MOST - 2))
