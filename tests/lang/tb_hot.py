# traceback out of a function that has become native
def f(a, b):
    return a // b
def loop(n):
    s = 0
    for i in range(n, -1, -1):
        s += f(100, i)
    return s
loop(500)
