# a rebound global takes effect at the next call, in hot loops too
def f(x):
    return x + 1
def loop(n):
    s = 0
    for i in range(n):
        s = f(s)
    return s
print(loop(200))
old = f
def f(x):
    return x + 2
print(loop(200))
f = old
print(loop(200))
def flip(x):
    global f
    if x == 50:
        f = lambda x: x + 1000
    return x + 1
f = flip
print(loop(100))
f = old
f = abs
print(loop(10))
k = 3
def use():
    return k * 2
for i in range(50):
    use()
k = 4
print(use())
k = 'ab'
print(use())
k = 2.5
print(use())
len = lambda x: 42
def n():
    return len('abc')
print(n())
def setter(v):
    global fresh
    fresh = v
def getter():
    return fresh
try:
    getter()
except NameError as e:
    print(e)
setter(1)
print(getter())
