# int and float together, and comparisons beyond 2**53
def f(a, b):
    return a + b, a - b, a * b, a < b, a == b

for a in (0, 1, -3, 2 ** 53, 2 ** 53 + 1, 2 ** 63, 10 ** 30):
    for b in (0.5, -1.0, 9007199254740992.0, 9007199254740993.0, 1e30, float('inf')):
        print(f(a, b))
        print(f(b, a))
print(2 ** 53 == 2.0 ** 53, 2 ** 53 + 1 == 2.0 ** 53, 2 ** 53 + 1 > 2.0 ** 53)
print(1 == 1.0, True == 1, True + 1, True + 1.5, hash(1) == hash(1.0) == hash(True))
