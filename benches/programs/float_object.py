"""Many small objects of three floats: made, normalised, folded with a method, compared."""
import timed


class Point:
    __slots__ = ('x', 'y', 'z')

    def __init__(self, i):
        self.x = x = (i * 37 % 1000) / 1000.0
        self.y = x * (1.0 - x) + 0.25
        self.z = (x * x) / 2

    def normalise(self):
        x, y, z = self.x, self.y, self.z
        norm = (x * x + y * y + z * z) ** 0.5
        self.x /= norm
        self.y /= norm
        self.z /= norm

    def maximise(self, other):
        self.x = self.x if self.x > other.x else other.x
        self.y = self.y if self.y > other.y else other.y
        self.z = self.z if self.z > other.z else other.z
        return self

    def __repr__(self):
        return '<%.12f %.12f %.12f>' % (self.x, self.y, self.z)


def maximum(points):
    best = points[0]
    for p in points[1:]:
        best = best.maximise(p)
    return best


def work(n):
    points = [Point(i) for i in range(n)]
    for p in points:
        p.normalise()
    return repr(maximum(points))


if __name__ == '__main__':
    timed.main('float_object', work, 150_000)
