# Sets of ints print in the order of CPython's table: whatever was added, removed, united.
state = 12345


def rnd(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 18446744073709551616
    return (state >> 33) % n


def run(seed, span, steps):
    global state
    state = seed
    s = set()
    t = set()
    total = 0
    i = 0
    while i < steps:
        i += 1
        op = rnd(22)
        k = rnd(span)
        if rnd(7) == 0:
            k = k * 1000003 - span * 500
        if op < 7:
            s.add(k)
        elif op < 10:
            s.discard(k)
        elif op == 10:
            t.add(k)
            t.add(k + 1)
        elif op == 11:
            s |= t
        elif op == 12:
            s -= t
        elif op == 13:
            s = s ^ t
        elif op == 14:
            s = s - t
        elif op == 15:
            t = s & t
        elif op == 16:
            if s:
                s.pop()
        elif op == 17:
            s.update(range(k, k + rnd(30), 1 + rnd(5)))
        elif op == 18:
            t = s.difference(range(k % 90), [1, 2])
        elif op == 19:
            t = s.union(dict.fromkeys(range(k % 40)), [k])
        elif op == 20:
            t.intersection_update(range(k % 80))
            s.symmetric_difference_update(list(range(k % 17)))
        else:
            t = frozenset(s) if rnd(2) else set(t)
            t = set(t)
        if len(s) > 100:
            s.clear()
        if len(t) > 100:
            t = s.copy()
        total = (total * 31 + hash(tuple(s)) + 7 * hash(tuple(t)) + hash(frozenset(s))) % 1000000007
    print(seed, span, total, list(s), list(t))


for seed in range(5):
    run(seed, [5, 20, 100, 1000, 100000][seed], 150)
print({20, 3, 11, 8, 16, 24}, set(range(20)), {1, 2.5, 100, 64, -1, -2})
print(frozenset({3: 1, 1: 2, 2: 3}), {7, 8, 9, 15, 16, 23} | {31, 39}, {0, 8, 16} ^ {8, 24, 1})
big = set(range(0, 6000, 3))
print(len(big), sum(big), hash(frozenset(big)), list(big)[:9], list(big)[-9:])
big -= set(range(0, 6000, 2))
print(len(big), list(big)[:20])
