"""ackermann(3, n): deep recursion, a call as another's argument."""
import sys
import timed


def ack(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ack(m - 1, 1)
    return ack(m - 1, ack(m, n - 1))


def ackermann(n):
    return ack(3, n)


if __name__ == '__main__':
    sys.setrecursionlimit(10_000)
    timed.main('ackermann', ackermann, 8)
