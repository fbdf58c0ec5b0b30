# unpacking the wrong number of values
def t(v, n):
    try:
        if n == 1:
            (a,) = v
        elif n == 2:
            a, b = v
        else:
            a, b, c = v
        print('ok')
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
for v in ((), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), [], [1], [1, 2, 3], 'ab', 'abcd', {}, {1: 2}, range(5), 5, None, 1.5):
    for n in (1, 2, 3):
        t(v, n)
