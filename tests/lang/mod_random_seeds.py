# random: the twister's numbers for seeds of every kind, its state, and bits.
import random

for seed in (0, -1, 2 ** 40 + 7, 10 ** 30, 'é', b'bytes', 1.5):
    r = random.Random(seed)
    print(repr(seed), r.random(), r.getrandbits(1), r.getrandbits(32), r.getrandbits(33), r.getrandbits(100))
r = random.Random()
for seed in ('abc', b'bytes'):
    r.seed(seed, version=1)
    print(repr(seed), r.random())
r = random.Random(42)
total = 0.0
for _ in range(400):
    total += r.random()
print(total)
state = r.getstate()
print(state[0], len(state[1]), state[1][:3], state[1][-1], state[2])
first = [r.randrange(1000) for _ in range(5)]
r.setstate(state)
print(first == [r.randrange(1000) for _ in range(5)], first)
other = random.Random(1)
other.setstate(r.getstate())
print(other.random() == r.random())
random.seed(7)
print(random.random(), random.randint(1, 6), random.choice('abc'))
for f in (lambda: r.getrandbits(0), lambda: r.getrandbits(-1), lambda: r.setstate((9,)),
          lambda: r.setstate((3, (1, 2), None)), lambda: r.setstate((3, 5, None)), lambda: random.Random([])):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
