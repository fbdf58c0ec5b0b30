# a, *b = …: how many, from what, in which order.
a, *b = [1, 2, 3]
print(a, b)
*a, b = 'abc'
print(a, b)
a, *b, c = range(2)
print(a, b, c)
a, b, *c, d, e = (1, 2, 3, 4, 5, 6)
print(a, b, c, d, e)
*a, = ()
print(a)
[x, *[y, z]] = [1, 2, 3]
print(x, y, z)
(a, (b, *c)), *d = [(1, 'xyz'), 2, 3]
print(a, b, c, d)
for i, *j in [(1, 2, 3), (4,)]:
    print(i, j)
l = [0] * 5
l[0], *l[1], l[2] = 1, 2, 3, 4
print(l)


def order(x):
    log.append(x)
    return l


log = []
order(1)[0], *order(2)[1] = order(3)
print(log)
for seq, target in (
    ([1], 'a, *b, c'), ([], 'a, *b'), ([1, 2], 'a, b, *c, d'), (5, 'a, *b'), (None, '*a, b'),
    ([], 'a, b'), ([1, 2, 3], 'a, b'), ({1}, 'a, *b, c'), (range(3), 'a, b, *c, d, e'),
):
    try:
        if target == 'a, *b, c':
            a, *b, c = seq
        elif target == 'a, *b':
            a, *b = seq
        elif target == 'a, b, *c, d':
            a, b, *c, d = seq
        elif target == '*a, b':
            *a, b = seq
        elif target == 'a, b, *c, d, e':
            a, b, *c, d, e = seq
        else:
            a, b = seq
    except (TypeError, ValueError) as e:
        print(target, '=', seq, type(e).__name__, e)


def loop(rows):
    n = 0
    for first, *rest, last in rows:
        n += first + len(rest) * last
    return n


print(loop([(1, 2, 3, 4), (5, 6), [7, 8, 9]] * 100))
