# exceptions thrown and caught in hot code
def div(a, b):
    return a // b
def safe(a, b):
    try:
        return div(a, b)
    except ZeroDivisionError:
        return -1
def loop(n):
    s = 0
    for i in range(n):
        s += safe(i, i % 5)
    return s
print(loop(100), loop(100), loop(333))
def lookup(d, n):
    miss = 0
    for i in range(n):
        try:
            d[i]
        except KeyError as e:
            miss += e.args[0]
    return miss
print(lookup({1: 1, 5: 5}, 100))
def deep(n):
    if n == 0:
        raise ValueError('bottom')
    return deep(n - 1) + 1
def top(k):
    c = 0
    for i in range(k):
        try:
            deep(i % 20)
        except ValueError as e:
            c += 1
    return c
print(top(200))
