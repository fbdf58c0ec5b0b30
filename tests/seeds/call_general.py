def f(a, b):
    print('hello world')

f(a=1, b=2)
