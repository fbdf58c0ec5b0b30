# defaults: evaluated once, shared, overridden
def f(a, b=2, c=[]):
    c.append(a)
    return a, b, c
print(f(1))
print(f(2, 3))
print(f(3, 4, [9]))
print(f(c=[], a=1))
print(f(5, c=[7]))
n = 1
def g(x=n):
    return x
n = 2
print(g(), g(5), n)
h = lambda x, y=10: x * y
print(h(2), h(2, 3), h(y=1, x=7))
def all_default(a=1, b=2, c=3):
    return a + b * c
print(all_default(), all_default(5), all_default(5, 6), all_default(5, 6, 7), all_default(c=0))
for i in range(100):
    all_default()
print(all_default())
