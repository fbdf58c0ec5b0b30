def func(a=1, b=2, *args, k, m, **kw):
    return a, b, args, k, m, kw
print(func.__code__.co_varnames)
print(func(k=3, m=4))
print(func(5, 6, 7, 8, k=9, m=10, n=11))
