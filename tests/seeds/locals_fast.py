def f(a, b):
    c = a + b
    print(c)

f(1, 2)
