# thousands of frames deep when asked for
import sys
sys.setrecursionlimit(30000)
def f(n):
    if n == 0:
        return 0
    return f(n - 1) + 1
print(f(9000))
def g(n, acc):
    return acc if n == 0 else g(n - 1, acc + n)
print(g(9000, 0), g(8000, 0.5))
