def f(a,b,c=1,d=2):
    print(a, b, c, d)
f(1,b=1,c=3)
