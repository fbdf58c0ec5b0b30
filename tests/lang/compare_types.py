# comparisons between types, and their errors
def t(f):
    try:
        return f()
    except TypeError as e:
        return str(e)
vals = [1, 1.5, 'a', None, [1], (1,), {1: 1}, True, print, range(3)]
for a in vals:
    for b in vals:
        print(a == b, a != b, t(lambda: a < b), t(lambda: a >= b))
print((1, 2) < (1, 3), (1,) < (1, 0), [1, 2] == [1, 2], [1, [2]] < [1, [3]], () < (1,))
print('a' < 'b', 'Z' < 'a', 'abc' < 'abd', '' < 'a', 'é' > 'z')
print({'a': 1, 'b': 2} == {'b': 2, 'a': 1}, {1: 1} != {1: 2})
print(range(3) == range(0, 3, 1), range(0) == range(5, 5), range(0, 4, 2) == range(0, 3, 2))
nan = float('nan')
print(nan == nan, [nan] == [nan], nan in [nan], (nan,) == (nan,), nan is nan)
