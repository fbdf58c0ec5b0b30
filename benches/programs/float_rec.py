"""A recursive float function: the area under x * x + 1 between 0 and 2, halved n times."""
import timed


def area(a, b, depth):
    m = (a + b) * 0.5
    if depth == 0:
        return (m * m + 1.0) * (b - a)
    return area(a, m, depth - 1) + area(m, b, depth - 1)


def float_rec(n):
    return int(area(0.0, 2.0, n) * 1e12)


if __name__ == '__main__':
    timed.main('float_rec', float_rec, 21)
