# Set and dict comprehensions.
print({x % 3 for x in range(10)}, {c for c in 'aab'} == {'a', 'b'}, {x for x in []} == set())
print({k: v for k, v in zip('abc', range(3))}, {i: i * i for i in range(4) if i}, {1: 2 for _ in []})
print({(i, j): i * j for i in range(2) for j in range(2)}, {len(w) for w in ['a', 'bb', 'cc']})
log = []


def note(x):
    log.append(x)
    return x


# The key before the value.
print({note('k%d' % i): note(i) for i in range(2)}, log)
print({x: {y for y in range(x)} for x in range(3)})
for c in (lambda: {[]: 1 for _ in [1]}, lambda: {[] for _ in [1]}, lambda: {1: undefined for _ in [1]},
          lambda: {k: v for k, v in [1]}, lambda: {k for k in None}):
    try:
        c()
    except Exception as e:
        print(type(e).__name__, e)


def invert(d):
    return {v: k for k, v in d.items()}


print(invert({'a': 1, 'b': 2}), invert(invert({'a': 1})))


def hot(n):
    t = 0
    for i in range(n):
        t += len({j % 7 for j in range(20)}) + sum({j: j for j in range(5)}.values())
    return t


print(hot(60))
