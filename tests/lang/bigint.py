# big ints: text, powers, division, shifts, bits
a = 123456789012345678901234567890
b = 987654321098765432109876543210
print(a + b, a - b, a * b, b // a, b % a, -b // a, -b % a, b / a)
print(a ** 3, a & b, a | b, a ^ b, ~a, a << 70, a >> 70, -a >> 70)
print(pow(3, 200), pow(3, 200, 1000007), pow(2, 100, 10 ** 9), 2 ** 200 // 3 ** 50)
print(a == a + 0, a < b, a > b, a != b, hash(a), hash(-a), hash(2 ** 61 - 1), hash(2 ** 61))
print(hex(a), oct(b), bin(2 ** 70), int('123456789' * 5), int('-ff' + 'f' * 30, 16))
print(float(a), int(1e30), a + 0.5, bool(a), str(a), repr(-a))
print(10 ** 50, -10 ** 50, 10 ** 50 % 10 ** 20 + 1, (10 ** 50 + 1) - 10 ** 50)
x = 1
for i in range(300):
    x = x * 7 + i
print(x)
