a < b < c
a < b <= c == d != e > f >= g is h is not i in j not in k
x = a < b < c
if a < b < c: d
if not a < b < c: d
while a < b < c: d
def f(a, b, c):
    return a < b < c
assert a < b < c, d
x = 1 if a < b < c else 2
