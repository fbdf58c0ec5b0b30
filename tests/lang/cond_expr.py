# conditional expressions in every position
def sign(x):
    return 1 if x > 0 else -1 if x < 0 else 0
print(sign(5), sign(-5), sign(0))
a = [1 if True else 2, (3 if False else 4)]
d = {'k' if a else 'j': 'v' if not a else 'w'}
print(a, d, (a if d else d)[0], 'x' if a and d else 'y', [0, 1][1 if a else 0])
def g(c, x=1 if True else 0):
    return (x if c else -x) + (1 if not c else 0)
print(g(1), g(0), g(1, 5))
print(1 if None else 2 if [] else 3, (lambda c: 'a' if c else 'b')(0))
