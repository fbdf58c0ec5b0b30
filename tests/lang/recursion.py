# recursive functions of several shapes
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(15), fib(20))
def ack(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ack(m - 1, 1)
    return ack(m - 1, ack(m, n - 1))
print(ack(2, 3))
def even(n):
    return True if n == 0 else odd(n - 1)
def odd(n):
    return False if n == 0 else even(n - 1)
print(even(100), odd(100), even(7))
def hanoi(n, a, b, c):
    if not n:
        return 0
    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
print(hanoi(8, 'a', 'b', 'c'))
def gcd(a, b):
    return a if not b else gcd(b, a % b)
print(gcd(1071, 462), gcd(2 ** 80, 6 ** 40))
def perms(xs, done, out):
    if not xs:
        out.append(done)
    for i in range(len(xs)):
        rest = []
        for j in range(len(xs)):
            if i != j:
                rest.append(xs[j])
        perms(rest, done + (xs[i],), out)
    return out
print(perms([1, 2, 3], (), []))
fact = lambda n: 1 if n < 2 else n * fact(n - 1)
print(fact(30))
def tak(x, y, z):
    if y >= x:
        return z
    return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
print(tak(8, 5, 2))
