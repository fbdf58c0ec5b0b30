# garbage, cycles included, while values stay alive
def garbage(n):
    keep = []
    for i in range(n):
        a = [i]
        b = {'a': a, 'self': None}
        b['self'] = b
        a.append(b)
        c = lambda: a
        a.append(c)
        if i % 100 == 0:
            keep.append((i, str(i) * 3, [i, [i]]))
    return keep
print(garbage(1000))
def strings(n):
    s = ''
    for i in range(n):
        s = s + str(i)
        t = s + s
    return len(s), len(t)
print(strings(300))
def bigs(n):
    x = 1
    for i in range(n):
        x = x * 3
        y = x * x
    return x, y % 1000007
print(bigs(200))
