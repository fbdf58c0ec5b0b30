# small algorithms: sorting, searching, primes, strings
def quick(xs):
    if len(xs) < 2:
        return xs
    p = xs[len(xs) // 2]
    lo = []
    eq = []
    hi = []
    for x in xs:
        if x < p:
            lo.append(x)
        elif x == p:
            eq.append(x)
        else:
            hi.append(x)
    return quick(lo) + eq + quick(hi)
seed = 12345
def rnd():
    global seed
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed
xs = []
for i in range(100):
    xs.append(rnd() % 1000)
print(quick(xs), quick(xs) == sorted(xs))
def bsearch(xs, v):
    lo, hi = 0, len(xs)
    while lo < hi:
        mid = (lo + hi) // 2
        if xs[mid] < v:
            lo = mid + 1
        else:
            hi = mid
    return lo
print(bsearch([1, 3, 5, 7], 5), bsearch([1, 3, 5, 7], 8), bsearch([], 1))
def queens(n, row, cols, d1, d2):
    if row == n:
        return 1
    c = 0
    for col in range(n):
        if not cols.get(col) and not d1.get(row + col) and not d2.get(row - col):
            cols[col] = d1[row + col] = d2[row - col] = True
            c += queens(n, row + 1, cols, d1, d2)
            cols[col] = d1[row + col] = d2[row - col] = False
    return c
print(queens(6, 0, {}, {}, {}))
def lev(a, b):
    prev = list(range(len(b) + 1))
    for i in range(len(a)):
        cur = [i + 1]
        for j in range(len(b)):
            cur.append(min(prev[j + 1] + 1, cur[j] + 1, prev[j] + (a[i] != b[j])))
        prev = cur
    return prev[-1]
print(lev('kitten', 'sitting'), lev('', 'abc'), lev('flaw', 'lawn'))
def nbody(n):
    x, v = 1.0, 0.0
    for i in range(n):
        a = -x
        v += a * 0.01
        x += v * 0.01
    return x, v
print(nbody(1000))
