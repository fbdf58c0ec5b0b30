# bools in arithmetic and as indexes
def f(a, b):
    return a + b, a * b, a - b, a & b, a | b, a ^ b, a == b, a < b
for a in (True, False, 0, 1, 2):
    for b in (True, False, 0, 1, 2):
        print(f(a, b))
print([10, 20][True], 'ab'[False], -True, ~True, +True, not True, True ** 2, True << 3, 1.5 * True, sum([True, True]), int(True), str(True), True is (1 == 1))
def hot(n):
    c = 0
    for i in range(n):
        c += i > 10
        c += i % 3 == 0
    return c
print(hot(100), hot(300))
