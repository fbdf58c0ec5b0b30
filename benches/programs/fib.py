"""fib(35): 29,860,703 calls of one function."""
import timed


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


if __name__ == '__main__':
    timed.main('fib', fib, 35)
