def f():
    print('hello world')

f()
print(f.__code__.co_argcount)
