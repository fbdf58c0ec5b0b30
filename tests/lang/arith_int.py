# int operators, their signs and floors
def ops(a, b):
    print(a, b, a + b, a - b, a * b, a & b, a | b, a ^ b)
    if b:
        print(a // b, a % b, a / b, divmod(a, b))
    if 0 <= b < 70:
        print(a << b, a >> b, a ** b)
    print(-a, +a, ~a, a < b, a <= b, a == b, a != b, a > b, a >= b)

for a in (0, 1, -1, 7, -7, 12345678901, 2 ** 47, -2 ** 47):
    for b in (0, 1, -1, 3, -3, 64, 2 ** 40):
        ops(a, b)
