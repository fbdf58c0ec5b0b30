def f(n):
    if n < 0:
        return 'neg'
    if n < 2:
        return n
    return f(n - 1) + f(n - 2)
for i in range(300):
    f(8)
print(f(-1), f(-2))
