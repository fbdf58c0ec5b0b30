# keyword arguments in every order
def f(a, b, c=3, d=4):
    return (a, b, c, d)
print(f(1, 2), f(1, b=2), f(b=2, a=1), f(1, 2, d=5), f(d=1, c=2, b=3, a=4), f(1, 2, 3, d=9))
def order():
    log = []
    def e(x):
        log.append(x)
        return x
    r = f(e(1), d=e(2), b=e(3), c=e(4))
    return r, log
print(order())
for i in range(60):
    f(b=i, a=1)
print(f(b=60, a=1))
print(sorted([3, 1, 2], reverse=True), max(1, 5, key=lambda v: -v), print('a', 'b', sep='-', end='!\n'))
