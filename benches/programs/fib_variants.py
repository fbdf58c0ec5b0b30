"""fib under other names, with other base cases, on floats, into big ints, and rebound half way."""
import timed


def count_pairs(months):
    if months <= 1:
        return 1
    return count_pairs(months - 1) + count_pairs(months - 2)


def fibonacci(n):
    if n == 0:
        return 0
    if n == 1:
        return 1

    return fibonacci(n-1) + fibonacci(n-2)


def ffib(x):
    return x if x < 2.0 else ffib(x - 1.0) + ffib(x - 2.0)


def generic(n):
    return n if n < 2 else generic(n - 1) + generic(n - 2)


def with_float(n):
    # The one definition, called with a float: what follows are floats, too.
    return generic(float(n))


START = (1 << 62) - 1000


def big(n):
    return START if n < 2 else big(n - 1) + big(n - 2)


def big_base(n):
    return n + START if n < 2 else big_base(n - 1) + big_base(n - 2)


def first(n):
    return n if n < 2 else rebound(n - 1) + rebound(n - 2)


def second(n):
    return n if n < 2 else rebound(n - 2) + rebound(n - 1)


rebound = first


def half_way(n):
    # Half of the calls find the one function under the name, half of them the other.
    global rebound
    rebound = first
    r = rebound(n - 1)
    rebound = second
    return r + rebound(n - 2)


def checksum(work):
    return lambda n: int(work(n)) % 1_000_000_007


if __name__ == '__main__':
    timed.choose('fib', {
        'names': (count_pairs, 35),
        'two_tests': (fibonacci, 35),
        'floats': (checksum(ffib), 35),
        'float_argument': (checksum(with_float), 35),
        'big': (checksum(big), 25),
        'big_base': (checksum(big_base), 25),
        'rebound': (half_way, 35),
    })
