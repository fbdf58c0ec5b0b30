# RecursionError at the same depth everywhere, caught and counted
import sys
def depth():
    n = 0
    def go():
        nonlocal n
        n += 1
        go()
    try:
        go()
    except RecursionError as e:
        return n, str(e)
print(depth())
sys.setrecursionlimit(300)
print(sys.getrecursionlimit(), depth())
def count(n):
    try:
        return count(n + 1)
    except RecursionError:
        return n
print(count(0), count(0))
def f(n):
    return 0 if n == 0 else 1 + f(n - 1)
print(f(200))
try:
    f(298)
    print('298')
    f(400)
except RecursionError as e:
    print(type(e).__name__, e)
