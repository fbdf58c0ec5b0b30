"""Mutual recursion, up to 500 deep."""
import timed


def is_even(n):
    return True if n == 0 else is_odd(n - 1)


def is_odd(n):
    return False if n == 0 else is_even(n - 1)


def even_odd(n):
    evens = 0
    for i in range(n):
        if is_even(i % 500):
            evens += 1
    return evens


if __name__ == '__main__':
    timed.main('even_odd', even_odd, 100_000)
