# Ints of 100,000 digits: to text and back, multiplied, divided and taken to powers, without quadratic time.
import sys
import time
if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)
start = time.time()
n = 7 ** 118330
s = str(n)
print(len(s), s[:20], s[-20:], n % 1000007)
print(int(s) == n, int("-" + s) == -n, repr(-n) == "-" + s)
m = 10 ** 100000 - 1
t = str(m)
print(t == "9" * 100000, int(t) == m, int("1" + "0" * 100000) == m + 1)
p = n * m
print(p == n * 10 ** 100000 - n, p // m == n, p % m, divmod(p + 5, n) == (m, 5), len(str(p)))
print(hex(n)[:12], len(bin(n)), int(hex(n), 16) == n, n.bit_length(), int("z" * 1000, 36) % 97)
print("%d" % m == t, format(m, "d") == t, len(format(m, ",")), f"{n}" == s)
print((n ** 2) % (10 ** 20), pow(3, n >> 326000, 10 ** 9 + 7), (n << 1000) >> 1000 == n, n & m == n & m, hash(n) == hash(int(s)))
x = int("12345678901234567890" * 5000)
print(x % 998244353, str(x)[-30:], str(x * x)[:30], (x * x - 1) // (x - 1) == x + 1)
print(time.time() - start < 60)
