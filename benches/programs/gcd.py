"""Euclid's algorithm, a function with a loop called in a loop."""
import timed


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def gcds(n):
    s = 0
    for i in range(1, n):
        for j in range(1, i):
            s += gcd(i, j)
    return s


if __name__ == '__main__':
    timed.main('gcd', gcds, 1500)
