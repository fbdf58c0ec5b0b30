"""sys.setrecursionlimit: its checks, and RecursionError at the same depth whatever runs."""
import sys


def attempt(n):
    try:
        sys.setrecursionlimit(n)
        print("ok", sys.getrecursionlimit())
    except Exception as e:
        print(type(e).__name__, e)


for n in (0, -5, "a", 1.5, None, 2 ** 31, 2 ** 40, 1, 2, 3):
    attempt(n)
sys.setrecursionlimit(200)


def depth(n=1):
    try:
        return depth(n + 1)
    except RecursionError as e:
        return n, str(e)


def down(n):
    if n:
        return down(n - 1)
    attempt(10)
    attempt(60)
    attempt(61)
    attempt(62)
    attempt(64)
    attempt(80)
    attempt(201)
    attempt(260)
    attempt(110)
    attempt(200)
    return n


print(depth())
down(50)
print(depth())


def measure():
    d = 0

    def f():
        nonlocal d
        d += 1
        f()

    try:
        f()
    except RecursionError as e:
        return d, str(e)


for limit in (150, 300, 1000):
    sys.setrecursionlimit(limit)
    print(limit, measure(), measure(), depth(), depth()[0])


def key(x):
    return sorted([x], key=key)


try:
    key(1)
except RecursionError as e:
    print(e)


def mutual(n):
    return other(n + 1)


def other(n):
    global seen
    seen = n
    return mutual(n + 1)


try:
    mutual(0)
except RecursionError as e:
    t = e.__traceback__
    k = 0
    while t:
        k += 1
        t = t.tb_next
    print(seen, k, e)
