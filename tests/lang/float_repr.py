# repr of floats: the shortest text that reads back as the same float.
state = 88172645463325252
def rnd():
    global state
    state ^= (state << 13) & (2**64 - 1)
    state ^= state >> 7
    state ^= (state << 17) & (2**64 - 1)
    return state
def of_bits(b):
    sign = -1.0 if b >> 63 else 1.0
    e, m = b >> 52 & 0x7FF, b & (2**52 - 1)
    if e == 0x7FF:
        return None
    return sign * float.fromhex("0x%s.%013xp%d" % ("1" if e else "0", m, e - 1023 if e else -1022))
check = 0
for i in range(3000):
    f = of_bits(rnd())
    if f is None:
        continue
    r = repr(f)
    assert float(r) == f
    for c in r.encode():
        check = (check * 131 + c) % 2**61
    if i % 100 == 0:
        print(r, str(f), "%r" % f, f.hex())
print(check)
for e in range(-330, 310, 3):
    for d in ("1", "9.999999999999999", "2.5", "1.7976931348623157"):
        f = float(d + "e%d" % e)
        for c in (repr(f) + "%.17g %.0f %.20e" % (f, f, f)).encode():
            check = (check * 131 + c) % 2**61
print(check)
for f in (0.0, -0.0, 1.0, 1e15, 1e16, 1e17, 123456789012345680.0, 9999999999999998.0, 1e-4, 1e-5, 0.00012345, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308, 2.225073858507201e-308, 0.1, 0.2, 0.1 + 0.2, 1 / 3, 100.0, 1e22, 1e23, 5e22, 4.35, 0.3, 2.5, 1e100, float("inf"), -float("inf"), float("nan"), 9007199254740993.0, 4.9406564584124654e-324, 8.41e21, 2e21, 9.5367431640625e-07):
    print(repr(f), str(f), [f], complex(f, f), f"{f} {f!r}", "%s" % f)
for i in range(-30, 30):
    print(2.0 ** (i * 7), 10.0 ** i, 3.0 ** i)
