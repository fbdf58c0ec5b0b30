# recursion over floats and mixed results
def f(x):
    if x < 1.0:
        return x
    return f(x / 2.0) + 0.5
print(f(100.0), f(0.25), f(1e10))
def g(n):
    if n == 0:
        return 0
    if n == 30:
        return g(n - 1) + 0.5
    return g(n - 1) + 1
for i in range(30):
    g(20)
print(g(10), g(29), g(30), g(31), g(60))
def h(n):
    if n > 50:
        return None
    if n > 40:
        return 'x' * (n - 40)
    return n
for i in range(60):
    r = h(i)
    if i > 38 and i < 53:
        print(r)
