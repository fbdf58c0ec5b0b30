"""Bodies under gravity as objects with float attributes."""
import timed

DAYS = 365.24
PI = 3.141592653589793
SUN = 4 * PI * PI


class Body:
    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x, self.y, self.z = x, y, z
        self.vx, self.vy, self.vz = vx * DAYS, vy * DAYS, vz * DAYS
        self.mass = mass * SUN


def bodies():
    return [
        Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0),
        Body(4.841431, -1.160320, -0.103622, 0.001660, 0.007699, -0.000069, 0.000954),
        Body(8.343366, 4.124798, -0.403523, -0.002767, 0.004998, 0.000023, 0.000285),
        Body(12.894369, -15.111151, -0.223307, 0.002964, 0.002378, -0.000029, 0.0000436),
        Body(15.379697, -25.919314, 0.179258, 0.002680, 0.001628, -0.000095, 0.0000515),
    ]


def advance(pairs, all_of, dt):
    for a, b in pairs:
        dx = a.x - b.x
        dy = a.y - b.y
        dz = a.z - b.z
        square = dx * dx + dy * dy + dz * dz
        pull = dt / (square * square ** 0.5)
        am = a.mass * pull
        bm = b.mass * pull
        a.vx -= dx * bm
        a.vy -= dy * bm
        a.vz -= dz * bm
        b.vx += dx * am
        b.vy += dy * am
        b.vz += dz * am
    for b in all_of:
        b.x += dt * b.vx
        b.y += dt * b.vy
        b.z += dt * b.vz


def energy(pairs, all_of):
    e = 0.0
    for b in all_of:
        e += 0.5 * b.mass * (b.vx * b.vx + b.vy * b.vy + b.vz * b.vz)
    for a, b in pairs:
        dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
        e -= a.mass * b.mass / (dx * dx + dy * dy + dz * dz) ** 0.5
    return e


def work(n):
    all_of = bodies()
    pairs = [(a, b) for i, a in enumerate(all_of) for b in all_of[i + 1:]]
    for _ in range(n):
        advance(pairs, all_of, 0.01)
    return '%.9f' % energy(pairs, all_of)


if __name__ == '__main__':
    timed.main('nbody', work, 30_000)
