"""A generator of random numbers and what is made of them: ints, one loop, no calls."""
import timed


def int_loop(n):
    x = 1
    s = 0
    for i in range(n):
        x = x * 16807 % 2147483647
        s += x % 7 - x // 65536 % 5
        if x < 1000000:
            s -= i
    return s


if __name__ == '__main__':
    timed.main('int_loop', int_loop, 5_000_000)
