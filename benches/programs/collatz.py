"""The longest way to 1 below n: while loops of int arithmetic, no calls."""
import timed


def collatz(limit):
    best = 0
    for i in range(1, limit):
        n = i
        steps = 0
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
        if steps > best:
            best = steps
    return best


if __name__ == '__main__':
    timed.main('collatz', collatz, 200_000)
