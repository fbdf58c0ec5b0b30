# _random: every number of the twister, from seeds of every kind, and its state.
import _random
import random

for seed in (0, 1, -1, 2 ** 32, 2 ** 700 + 12345, 3.5, True, "text", b"bytes", (1, 2), 10 ** 30):
    r = _random.Random(seed) if not isinstance(seed, (str, bytes)) else _random.Random(len(seed))
    print(seed, r.random(), r.getrandbits(1), r.getrandbits(32), r.getrandbits(33), r.getrandbits(100))
r = _random.Random(7)
for _ in range(1000):
    r.random()
state = r.getstate()
a = [r.getrandbits(k) for k in range(1, 200)]
r.setstate(state)
assert a == [r.getrandbits(k) for k in range(1, 200)]
print(len(state), state[:3], state[-1], hash(state), hash(tuple(a)))
print(hash(r.getrandbits(100000)))
for bad in ("r.getrandbits(0)", "r.getrandbits(-1)", "r.getrandbits(1.5)", "r.getrandbits('a')",
            "r.getrandbits()", "r.setstate(3)", "r.setstate((1,))", "r.setstate((1,) * 624 + (625,))",
            "r.setstate(('a',) * 625)", "r.setstate((-1,) * 625)", "r.seed(1, 2)", "r.random(1)",
            "_random.Random(1, 2).random()", "_random.Random(x=1)", "r.seed([])", "r.getrandbits(2 ** 40)"):
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, type(e).__name__, e)


class Mine(_random.Random):
    def __new__(cls, *args, **kw):
        self = super().__new__(cls, 5)
        self.made = args
        return self

    def __init__(self, *args, **kw):
        pass


m = Mine(1, 2, k=3)
print(m.random(), m.made)
random.seed(99)
print(random.random(), random.randint(1, 10 ** 20), random.sample(range(100), 5), random.choice("abc"))
l = list(range(20))
random.shuffle(l)
print(l, random.getrandbits(70), random.Random("seed").random(), random.Random(b"x").randrange(10 ** 9))
g = random.Random(3)
import copy
h = copy.copy(g)
print(g.random() == h.random(), random.SystemRandom().random() < 1, random.Random().random() != random.Random().random())
