"""A tree of calls in a loop: each of three levels calls the next from two places, 14 calls an iteration."""
import timed


def h(x):
    return x // 3 + x % 7


def g(x):
    return h(x) * 3 - h(x + 7) // 4


def f(x):
    return g(x) % 1009 + g(x + 1) // 16


def levels(n):
    s = 0
    for i in range(n):
        s += f(i)
        s -= f(s % 64)
    return s


if __name__ == '__main__':
    timed.main('levels', levels, 1_000_000)
