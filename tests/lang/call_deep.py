# Calls with * and ** and keywords nest as deep as plain ones, without a machine stack of their own.
import sys
sys.setrecursionlimit(900)


def star(n, *rest):
    return 0 if n == 0 else 1 + star(*(n - 1,))


def keyword(n=0):
    return 0 if n == 0 else 1 + keyword(n=n - 1)


def mapping(n, **kw):
    return 0 if n == 0 else 1 + mapping(**{'n': n - 1, 'm': 2})


def both(n, *args, **kw):
    return 0 if n == 0 else 1 + both(*[n - 1, 1], **{'q': 2})


print(star(600), keyword(n=600), mapping(600), both(600))
sys.setrecursionlimit(100)
for f in (star, keyword, mapping, both):
    try:
        f(1000)
    except RecursionError as e:
        print(e)
