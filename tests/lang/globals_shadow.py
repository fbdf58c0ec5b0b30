# a global that shadows a builtin, set in mid loop
def f(n):
    global abs
    out = []
    for i in range(n):
        out.append(abs(-i))
        if i == n // 2:
            abs = lambda x: x * 10
    return out
print(f(6))
def g():
    total = 0
    for i in range(100):
        total += max(i, 50)
    return total
print(g())
max = min
print(g())
