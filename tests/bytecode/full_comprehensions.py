a = [x for x in y]
b = {x for x in y if z}
c = {x: y for x, y in z if a if b}
d = (x for x in y for z in x if not z)
def f(n):
    return [i + n for i in range(n) for j in [1, 2] if i in (1, n)]
e = [[x for x in y] for y in z]
