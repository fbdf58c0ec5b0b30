def f(a, b, c=1, d=2):
    print(a, b, c, d)

f(1, 2)
f(1, 2, 3)
f(1, 2, 3, 4)
f(1, 2, c=3)
f(1, 2, d=3)
print(f.__code__.co_argcount, f.__code__.co_nlocals)
