# Loops of module code: names are the module's, and change under them.
s = 0
i = 0
while i < 6000:
    s += i & 7
    i += 1
print(s, i)
for k in range(3000):
    s = s + k % 3
print(s, k)
x = 1.5
for k in range(3000):
    x = x * 1.0001 if k % 2 else -x
    if k == 2500:
        x = 3
print(x)
def change():
    global s, limit
    s += 1
    if s % 1000 == 0:
        limit -= 1
limit = 3000
n = 0
while n < limit:
    n += 1
    change()
print(n, s, limit)
l = []
for k in range(2000):
    l.append(k)
    if k % 5 == 0:
        l[-1] = -k
t = 0
for v in l:
    t += v
print(t, len(l), v)
for k in range(2500):
    if k == 2000:
        t = 'text'
    if k < 2000:
        t = t + 1
print(t)
try:
    for k in range(3000):
        if k == 2200:
            del t
        u = t
except NameError as e:
    print(k, e)
len = lambda v: 7
for k in range(1500):
    q = len(l)
    if k == 1200:
        del len
print(q)
code = compile('''
r = 0
for a in range(1500):
    r += a * w
''', 'c', 'exec')
for w in (1, 2.5, 3):
    g = {'w': w}
    exec(code, g)
    d = {}
    exec(code, {'w': w + 1}, d)
    exec(code, g, d)
    print(g['r'], d['r'], d['a'])
big = 2 ** 62
for k in range(3000):
    big += 2 ** 60
print(big)
