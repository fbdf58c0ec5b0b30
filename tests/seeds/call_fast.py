def f(a, b):
    print('hello world')

f(1, 2)
