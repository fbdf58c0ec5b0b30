"""f(g(h(i))) in a loop: three levels, each called from two places."""
import timed


def h(x):
    return x // 2 + x % 5


def g(x):
    return x * 3 - x // 7


def f(x):
    return x % 1009 + 1


def nested(n):
    s = 0
    for i in range(n):
        s += f(g(h(i)))
        s -= h(f(g(i + 3))) % 16
    return s


if __name__ == '__main__':
    timed.main('nested', nested, 3_000_000)
