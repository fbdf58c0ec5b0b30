# finally bodies in hot loops
def f(n):
    s = 0
    k = 0
    for i in range(n):
        try:
            if i % 7 == 3:
                continue
            if i % 11 == 5:
                raise ValueError(i)
            s += i
        except ValueError as e:
            k += 1
        finally:
            s += 1
    return s, k
for j in range(5):
    print(f(200))
def g(n):
    i = 0
    while True:
        try:
            try:
                i += 1
                if i > n:
                    return i
            finally:
                i += 0
        except KeyError:
            pass
print(g(300))
