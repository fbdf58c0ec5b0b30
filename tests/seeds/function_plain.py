def f():
    print("Function")
f()
