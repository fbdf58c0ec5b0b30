# range: arguments, lengths, membership, big bounds
for r in (range(0), range(5), range(2, 5), range(5, 2), range(0, 10, 3), range(10, 0, -3), range(-5, 5, 2), range(3, 3, -1)):
    print(r, len(r), list(r), 3 in r, -1 in r, r == range(5))
    if len(r):
        print(r[0], r[-1])
big = range(2 ** 62, 2 ** 62 + 5)
print(list(big), len(big), big[2])
huge = range(10 ** 20, 10 ** 20 + 3)
for x in huge:
    print(x)
def t(f):
    try:
        print(f())
    except (TypeError, ValueError, IndexError) as e:
        print(type(e).__name__, e)
t(lambda: range(1, 2, 0))
t(lambda: range('a'))
t(lambda: range(1.5))
t(lambda: range())
t(lambda: range(5)[5])
t(lambda: range(5)['a'])
