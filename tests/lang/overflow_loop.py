# a hot loop that starts with small ints and ends with big ones
def fact(n):
    r = 1
    for i in range(1, n + 1):
        r = r * i
    return r

for i in range(60):
    fact(10)
print(fact(12), fact(20), fact(21), fact(25), fact(50))

def fib(n):
    a = 0
    b = 1
    while n:
        a, b = b, a + b
        n -= 1
    return a

for i in (10, 50, 70, 71, 72, 90, 91, 92, 93, 94, 200):
    print(i, fib(i))
