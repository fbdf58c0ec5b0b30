# a module-level loop and a long loop in a function called once
n = 0
total = 0
while n < 3000:
    total += n % 7
    n += 1
print(n, total)
for i in range(3000):
    if i & 1:
        total -= i
    else:
        total += i
print(total, i)
def once():
    s = 0.0
    k = 1
    t = 'x'
    while k < 4000:
        s += 1.0 / k
        k += 1
        if k == 3990:
            t = t * 3
    return s, k, t
print(once())
def sieve(n):
    flags = [True] * (n + 1)
    flags[0] = flags[1] = False
    i = 2
    while i * i <= n:
        if flags[i]:
            j = i * i
            while j <= n:
                flags[j] = False
                j += i
        i += 1
    c = 0
    for f in flags:
        if f:
            c += 1
    return c
print(sieve(3000))
