# random: integers, sequences, and the errors.
import random

r = random.Random('choices')
print([r.randrange(10) for _ in range(10)], [r.randrange(5, 50, 5) for _ in range(8)], r.randrange(10, 0, -3))
print([r.randint(-3, 3) for _ in range(10)], r.randint(10 ** 20, 10 ** 21))
print([r.choice('abcdef') for _ in range(8)], r.choice(range(1000)))
cards = list(range(20))
r.shuffle(cards)
print(cards)
r.shuffle(cards, r.random)
print(cards)
for n, k in ((10, 3), (10, 10), (1000, 4), (1000, 40), (50, 6), (5, 0)):
    print(r.sample(range(n), k))
print(r.sample('hello', 3), sorted(r.sample({1, 2, 3}, 3)), r.sample(('a',), 1))
print(r.choices('abc', k=8), r.choices('abc', [5, 1, 1], k=8), r.choices('ab', cum_weights=[1, 10], k=8), r.choices('x'))


class OnlyFloats(random.Random):
    # Without getrandbits integers come from random().
    def random(self):
        return super().random()


f = OnlyFloats(3)
print([f.randrange(100) for _ in range(6)], f.choice('xyz'), f.sample(range(9), 3))


class OwnBits(random.Random):
    def getrandbits(self, k):
        return super().getrandbits(k) >> 1


f = OwnBits(3)
print([f.randrange(100) for _ in range(6)])
for f in (lambda: r.choice([]), lambda: r.randrange(0), lambda: r.randrange(5, 5), lambda: r.randrange(5, 2),
          lambda: r.randrange(1.5), lambda: r.randrange(1, 5.5), lambda: r.randrange(1, 9, 0),
          lambda: r.randrange(9, 1, 2), lambda: r.sample([1], 2), lambda: r.sample({1: 2}, 1),
          lambda: r.choices('ab', [1], k=1), lambda: r.choices('ab', [1, 2], cum_weights=[1, 2]),
          lambda: r.choices([], k=1), lambda: r.randint(3, 1), lambda: random.SystemRandom().getstate()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
s = random.SystemRandom()
print(0 <= s.random() < 1, s.randrange(5) in range(5), s.getrandbits(70).bit_length() <= 70)
