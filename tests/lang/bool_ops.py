# and, or, not and truth values
def show(x):
    print(repr(x), bool(x), not x, x and 'and', x or 'or')
for x in (0, 1, -1, 0.0, 0.5, '', 'a', [], [0], (), (0,), {}, {0: 0}, None, True, False, range(0), range(1), print, 2 ** 70):
    show(x)
def f(a, b, c):
    return a and b or c
print(f(1, 2, 3), f(0, 2, 3), f(1, 0, 3), f(0, 0, 0))
def g(a, b, c, d):
    if a and (b or c) and not d:
        return 1
    elif not (a or b):
        return 2
    else:
        return 3
for a in (0, 1):
    for b in (0, 1):
        for c in (0, 1):
            for d in (0, 1):
                print(g(a, b, c, d), (a or b) and (c or d), not a or not b and c)
print(1 if [] else 2, 'x' if 'y' else 'z', (1 if 0 else 2) if 1 else 3)
