# random: the distributions, number by number.
import random

r = random.Random(2024)
for _ in range(4):
    print(r.uniform(2, 9), r.uniform(-1.5, 1.5))
    print(r.triangular(), r.triangular(1, 5, 2), r.triangular(3, 3, 3), r.triangular(0, 10, 10))
    print(r.normalvariate(1, 2), r.gauss(1, 2), r.gauss(0, 1), r.lognormvariate(0, 1))
    print(r.expovariate(3), r.expovariate(-0.5))
    print(r.vonmisesvariate(1, 2), r.vonmisesvariate(1, 0), r.vonmisesvariate(0, 50))
    print(r.gammavariate(2, 3), r.gammavariate(1.0, 3), r.gammavariate(0.4, 3), r.gammavariate(50, 1))
    print(r.betavariate(2, 3), r.betavariate(0.5, 0.5), r.paretovariate(2), r.weibullvariate(1, 2))
inside = sum(r.random() ** 2 + r.random() ** 2 < 1 for _ in range(3000))
print(inside)
print(sum(r.gauss(0, 1) for _ in range(1000)), sum(r.normalvariate(0, 1) for _ in range(1000)))
for f in (lambda: r.gammavariate(0, 1), lambda: r.expovariate(0), lambda: r.weibullvariate(1, 0)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
