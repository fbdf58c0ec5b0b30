"""Points of an n by n grid that lie in the Mandelbrot set: nested loops of floats."""
import timed


def mandelbrot(n):
    inside = 0
    for y in range(n):
        for x in range(n):
            cr = 3.0 * x / n - 2.0
            ci = 2.0 * y / n - 1.0
            zr = zi = 0.0
            i = 0
            while i < 50 and zr * zr + zi * zi < 4.0:
                zr, zi = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci
                i += 1
            if i == 50:
                inside += 1
    return inside


if __name__ == '__main__':
    timed.main('mandelbrot', mandelbrot, 500)
