# Calls with * and ** and keywords nest as deep as plain ones, without a machine stack of their own.
import sys
sys.setrecursionlimit(9000)


def star(n, *rest):
    return 0 if n == 0 else 1 + star(*(n - 1,))


def keyword(n=0):
    return 0 if n == 0 else 1 + keyword(n=n - 1)


def mapping(n, **kw):
    return 0 if n == 0 else 1 + mapping(**{'n': n - 1, 'm': 2})


def both(n, *args, **kw):
    return 0 if n == 0 else 1 + both(*[n - 1, 1], **{'q': 2})


print(star(8000), keyword(n=8000), mapping(8000), both(8000))
sys.setrecursionlimit(100)
for f in (star, keyword, mapping, both):
    try:
        f(1000)
    except RecursionError as e:
        print(e)
