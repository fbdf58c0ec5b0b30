# float.fromhex: what hex() writes, and other spellings; rounding at the ends; what is no number.
def t(s):
    try:
        f = float.fromhex(s)
        print(repr(s), repr(f), f.hex())
    except Exception as e:
        print(repr(s), type(e).__name__, e)
for s in ('0x1.8p1', '-0X.8P+2', '  1e3 ', '0x1.00000000000008p0', '0x1.00000000000018p0', '0x1.000000000000080001p0',
          '0x1p-1074', '0x1p-1075', '0x1.8p-1075', '0x3p-1075', '0x1.fffffffffffffp1023', '0x1.fffffffffffff7p1023', '0x1.fffffffffffff8p1023',
          '1p5000', '1p-5000', '-0', '0x0p99999999999', 'inf', '-Infinity', '+NaN', '', '0x', '0x.p1', '1p', '1..2', 'x1', '- 1', '0x1p1.5', 'é'):
    t(s)
for f in (0.1, 1 / 3, 1e308, 5e-324, 2.0 ** -1022, -12345.678):
    assert float.fromhex(f.hex()) == f
class F(float):
    pass
print(type(F.fromhex('0x2')).__name__, F.fromhex('0x2'))
try:
    float.fromhex(3)
except TypeError as e:
    print(e)
