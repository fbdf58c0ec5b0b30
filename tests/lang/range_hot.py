# hot loops over ranges: steps, empty ones, the loop variable afterwards
def total(a, b, c):
    s = 0
    i = None
    for i in range(a, b, c):
        s += i
    return s, i
for k in range(40):
    r = total(0, 100, 1)
print(r, total(0, 100, 7), total(100, 0, -1), total(5, 5, 1), total(0, -5, 1), total(2 ** 48 - 50, 2 ** 48 + 50, 9))
def rebound(n):
    out = 0
    for i in range(n):
        out += i
        i = 100
        out += i
    return out, i
for k in range(40):
    r = rebound(20)
print(r)
