"""The Mandelbrot set with complex numbers."""
import timed


def escape(c, limit):
    z = 0j
    for i in range(limit):
        if abs(z) > 2.0:
            return i
        z = z * z + c
    return limit


def work(n):
    total = inside = 0
    for row in range(n):
        y = row * 2.0 / n - 1.0
        for column in range(n):
            k = escape(complex(column * 3.0 / n - 2.0, y), 60)
            total += k
            inside += k == 60
    return total, inside


if __name__ == '__main__':
    timed.main('mandel_complex', work, 200)
