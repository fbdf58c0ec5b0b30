"""The logistic map and its mean: floats, one loop, no calls."""
import timed


def float_loop(n):
    x = 0.5
    s = 0.0
    low = 1.0
    for i in range(n):
        x = 3.7 * x * (1.0 - x)
        s += x / 2.0
        if x < low:
            low = x
    return int(s * 1e6) + int(low * 1e6)


if __name__ == '__main__':
    timed.main('float_loop', float_loop, 10_000_000)
