# deeply nested blocks and long elif chains
def f(n):
    for a in range(2):
        while True:
            try:
                if a:
                    for b in range(2):
                        if b:
                            try:
                                if n:
                                    return a, b
                            finally:
                                n += 1
                break
            finally:
                n += 10
    return n
print(f(0), f(1), f(-30))
def g(x):
    if x == 0:
        return 'zero'
    elif x == 1:
        return 'one'
    elif x == 2:
        return 'two'
    elif x < 0:
        return 'negative'
    elif x > 100 and x % 2:
        return 'big odd'
    elif x > 100:
        return 'big even'
    else:
        pass
    return 'other'
for x in (0, 1, 2, -5, 101, 102, 50):
    print(g(x))
def long_args(a, b, c, d, e, f, g, h, i, j):
    return [j, i, h, g, f, e, d, c, b, a]
print(long_args(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), long_args(1, 2, 3, 4, 5, j=10, i=9, h=8, g=7, f=6))
