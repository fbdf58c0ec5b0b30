# A `finally` body lies after the `return` that it interrupts: going back to it is no turn of a loop.
def early(a, b):
    try:
        if a:
            return a + b
        b += 1
    finally:
        b = 2
    return b
def turns(n):
    k = 0
    for i in range(n):
        try:
            if i % 3 == 0:
                continue
            if i == n - 1:
                return k, i
            k += 1
        finally:
            k += early(i % 2, k)
            if k > 1 << 40:
                break
    return k
for j in range(12):
    print(early(j % 3, j), turns(j * 7))
print(turns(300), turns(301))
