"""Simulations of worlds: life with rules, bodies under gravity, an ant, a robot with commands, rabbits and foxes."""
import random
from collections import namedtuple
from itertools import product


class Life:
    def __init__(self, cells, born=(3,), stay=(2, 3)):
        self.cells = frozenset(cells)
        self.born = frozenset(born)
        self.stay = frozenset(stay)

    @classmethod
    def parse(cls, text, **rules):
        return cls({(x, y) for y, line in enumerate(text.split('/')) for x, c in enumerate(line) if c == '#'}, **rules)

    def __next__(self):
        counts = {}
        for x, y in self.cells:
            for dx, dy in product((-1, 0, 1), repeat=2):
                if dx or dy:
                    counts[x + dx, y + dy] = counts.get((x + dx, y + dy), 0) + 1
        alive = {c for c, k in counts.items() if k in (self.stay if c in self.cells else self.born)}
        return Life(alive, self.born, self.stay)

    def __iter__(self):
        world = self
        while True:
            yield world
            world = next(world)

    def __eq__(self, other):
        return isinstance(other, Life) and self.shape() == other.shape()

    def __hash__(self):
        return hash(self.shape())

    def __len__(self):
        return len(self.cells)

    def shape(self):
        if not self.cells:
            return frozenset()
        left, top = min(x for x, _ in self.cells), min(y for _, y in self.cells)
        return frozenset((x - left, y - top) for x, y in self.cells)

    def __str__(self):
        shape = self.shape()
        if not shape:
            return '(empty)'
        right, bottom = max(x for x, _ in shape), max(y for _, y in shape)
        return '\n'.join(''.join('#' if (x, y) in shape else '.' for x in range(right + 1)) for y in range(bottom + 1))

    def fate(self, limit=200):
        seen = {}
        for age, world in enumerate(self):
            if not world.cells:
                return 'dies at %d' % age
            if world in seen:
                before, cells = seen[world]
                moved = (min(world.cells)[0] - min(cells)[0], min(world.cells)[1] - min(cells)[1])
                kind = 'still' if age - before == 1 and moved == (0, 0) else 'period %d' % (age - before)
                return '%s from %d%s' % (kind, before, '' if moved == (0, 0) else ', moves by %s' % (moved,))
            seen[world] = age, world.cells
            if age == limit:
                return '%d cells after %d' % (len(world), limit)


class Vector(namedtuple('Vector', 'x y z')):
    __slots__ = ()

    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self, other)))

    def __sub__(self, other):
        return Vector(*(a - b for a, b in zip(self, other)))

    def __mul__(self, k):
        return Vector(*(a * k for a in self))

    __rmul__ = __mul__

    def __neg__(self):
        return self * -1.0

    def __matmul__(self, other):
        return sum(a * b for a, b in zip(self, other))

    def __abs__(self):
        return (self @ self) ** 0.5

    def __format__(self, spec):
        return '<' + ', '.join(format(v, spec or '.3f') for v in self) + '>'


class Body:
    def __init__(self, name, mass, place, speed):
        self.name = name
        self.mass = mass
        self.place = place
        self.speed = speed
        self.force = Vector(0.0, 0.0, 0.0)

    @property
    def momentum(self):
        return self.mass * self.speed

    @property
    def kinetic(self):
        return 0.5 * self.mass * (self.speed @ self.speed)


class Space:
    G = 1.0

    def __init__(self, *bodies):
        self.bodies = list(bodies)
        self.accelerate()

    def pairs(self):
        for i, a in enumerate(self.bodies):
            for b in self.bodies[i + 1:]:
                yield a, b

    def accelerate(self):
        for b in self.bodies:
            b.force = Vector(0.0, 0.0, 0.0)
        for a, b in self.pairs():
            d = b.place - a.place
            f = d * (self.G * a.mass * b.mass / abs(d) ** 3)
            a.force += f
            b.force += -f

    def step(self, dt):
        for b in self.bodies:
            b.speed += b.force * (dt / 2 / b.mass)
            b.place += b.speed * dt
        self.accelerate()
        for b in self.bodies:
            b.speed += b.force * (dt / 2 / b.mass)

    @property
    def energy(self):
        return sum(b.kinetic for b in self.bodies) - sum(self.G * a.mass * b.mass / abs(a.place - b.place) for a, b in self.pairs())


class Ant:
    TURNS = {(0, -1): (1, 0), (1, 0): (0, 1), (0, 1): (-1, 0), (-1, 0): (0, -1)}

    def __init__(self):
        self.black = set()
        self.at = 0, 0
        self.heading = 0, -1

    def step(self):
        if self.at in self.black:
            self.black.remove(self.at)
            for _ in range(3):
                self.heading = self.TURNS[self.heading]
        else:
            self.black.add(self.at)
            self.heading = self.TURNS[self.heading]
        self.at = tuple(map(sum, zip(self.at, self.heading)))


class Robot:
    class Crash(RuntimeError):
        pass

    DIRECTIONS = 'NESW'

    def __init__(self, walls):
        self.rows = walls.split()
        self.y, self.x = next((y, r.index('R')) for y, r in enumerate(self.rows) if 'R' in r)
        self.facing = 0
        self.trail = [(self.x, self.y)]

    def do(self, program):
        stack = []
        i = 0
        while i < len(program):
            c = program[i]
            method = getattr(self, 'do_' + c, None)
            if c.isdigit():
                stack.append([i + 1, int(c) - 1])
            elif c == ']':
                start, left = stack[-1]
                if left:
                    stack[-1][1] -= 1
                    i = start
                    continue
                stack.pop()
            elif c == '[':
                pass
            elif method is None:
                raise ValueError('unknown command %r at %d' % (c, i))
            else:
                method()
            i += 1
        return self

    def do_f(self):
        dx, dy = {'N': (0, -1), 'E': (1, 0), 'S': (0, 1), 'W': (-1, 0)}[self.DIRECTIONS[self.facing]]
        x, y = self.x + dx, self.y + dy
        if not (0 <= y < len(self.rows) and 0 <= x < len(self.rows[y])) or self.rows[y][x] == '#':
            raise self.Crash('into (%d, %d) heading %s' % (x, y, self.DIRECTIONS[self.facing]))
        self.x, self.y = x, y
        self.trail.append((x, y))

    def do_r(self):
        self.facing = (self.facing + 1) % 4

    def do_l(self):
        self.facing = (self.facing - 1) % 4

    def __repr__(self):
        return 'Robot at (%d, %d) facing %s' % (self.x, self.y, self.DIRECTIONS[self.facing])


class Animal:
    energy = 4

    def __init__(self, energy=None):
        if energy is not None:
            self.energy = energy
        self.age = 0

    def live(self, world):
        self.age += 1
        self.energy -= 1
        return self.energy > 0


class Rabbit(Animal):
    def live(self, world):
        if world.grass > 0:
            world.grass -= 1
            self.energy += 2
        if self.energy > 7:
            self.energy //= 2
            world.born.append(Rabbit(self.energy))
        return super().live(world)


class Fox(Animal):
    energy = 8

    def live(self, world):
        prey = world.of(Rabbit)
        if prey and world.random.random() < len(prey) / 60:
            eaten = world.random.choice(prey)
            eaten.energy = 0
            self.energy += 3
        if self.energy > 14:
            self.energy //= 2
            world.born.append(type(self)(self.energy))
        return super().live(world)


class Meadow:
    def __init__(self, seed, rabbits, foxes):
        self.random = random.Random(seed)
        self.animals = [Rabbit() for _ in range(rabbits)] + [Fox() for _ in range(foxes)]
        self.grass = 40
        self.born = []

    def of(self, kind):
        return [a for a in self.animals if isinstance(a, kind) and a.energy > 0]

    def year(self):
        self.grass = min(self.grass + 35, 120)
        self.random.shuffle(self.animals)
        self.animals = [a for a in self.animals if a.energy > 0 and a.live(self)] + self.born
        self.born = []
        return len(self.of(Rabbit)), len(self.of(Fox))


for name, text in {'block': '##/##', 'blinker': '###', 'glider': '.#./..#/###', 'toad': '.###/###.', 'beehive': '.##./#..#/.##.',
                   'row': '##', 'ship': '.#..#/#..../#...#/####.', 'pi': '###/#.#/#.#', 'acorn': '.#...../...#.../##..###'}.items():
    print('%-8s %s' % (name, Life.parse(text).fate(60)))
print('seeds   ', Life.parse('##', born=(2,), stay=()).fate(12))
for age, world in enumerate(Life.parse('.##/##./.#.')):
    if age in (0, 3, 6):
        print('pentomino at %d: %d cells' % (age, len(world)))
        print(world)
    if age == 6:
        break

space = Space(Body('sun', 1000.0, Vector(0.0, 0.0, 0.0), Vector(0.0, 0.0, 0.0)),
              Body('near', 1.0, Vector(10.0, 0.0, 0.0), Vector(0.0, 10.0, 0.0)),
              Body('far', 2.0, Vector(0.0, 25.0, 1.0), Vector(-6.0, 0.0, 0.5)))
before = space.energy
for i in range(200):
    space.step(0.01)
    if i % 50 == 49:
        print('t=%.2f ' % ((i + 1) * 0.01) + ' '.join('%s %s' % (b.name, format(b.place)) for b in space.bodies))
print('energy kept:', abs(space.energy - before) < 0.05, '%.6f' % before, format(sum((b.momentum for b in space.bodies), Vector(0.0, 0.0, 0.0)), '+.6f'))

ant = Ant()
for i in range(1, 2001):
    ant.step()
    if i in (10, 100, 500, 1000, 2000):
        print('ant after %4d: at %s, %d black' % (i, ant.at, len(ant.black)))

ROOM = '''
#########
#.......#
#.###.#.#
#.#...#.#
#R#.###.#
#########'''
for program in ('fff', 'fffr2[ff]', '3[f]r3[2[f]]rff', 'fffr6[f]r3[f]', 'l', 'fxf', 'rf'):
    robot = Robot(ROOM)
    try:
        robot.do(program)
        print('%-16s' % program, robot, len(set(robot.trail)), 'places')
    except (Robot.Crash, ValueError) as e:
        print('%-16s' % program, type(e).__qualname__, e)

for seed, rabbits, foxes in ((1, 30, 5), (2, 60, 20), (3, 10, 0)):
    meadow = Meadow(seed, rabbits, foxes)
    print('meadow', seed, [meadow.year() for _ in range(12)], 'oldest', max((a.age for a in meadow.animals), default=0))
