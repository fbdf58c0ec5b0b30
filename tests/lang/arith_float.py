# float operators, infinities, NaN, signed zero
def ops(a, b):
    print(a, b, a + b, a - b, a * b)
    if b:
        print(a / b, a // b, a % b)
    print(a < b, a <= b, a == b, a != b, a > b, a >= b, -a)

inf = float('inf')
nan = float('nan')
for a in (0.0, -0.0, 1.5, -1.5, 1e308, 5e-324, inf, -inf, nan):
    for b in (0.0, 2.5, -2.5, 1e308, inf, nan):
        ops(a, b)
print(1e16, 1e15, 123456789012345680.0, 0.1 + 0.2, 1e-5, 0.0001, 1e22, 1.0, 100.0)
print(2.0 ** 0.5, 2.0 ** -1, 10.0 ** 300, (-8.0) ** 2)
print(round(2.5), round(3.5), round(-0.5), round(2.675, 2), int(3.99), int(-3.99))
