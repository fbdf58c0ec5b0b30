"""tak(3n, 2n, n): three calls as a fourth one's arguments."""
import timed


def tak(x, y, z):
    if y >= x:
        return z
    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))


def work(n):
    return tak(3 * n, 2 * n, n)


if __name__ == '__main__':
    timed.main('tak', work, 8)
