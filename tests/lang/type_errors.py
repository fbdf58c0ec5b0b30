# unsupported operand types: every operator's text
def t(f, a, b):
    try:
        return f(a, b)
    except (TypeError, KeyError) as e:
        return type(e).__name__, str(e)
def iadd(a, b): a += b; return a
def isub(a, b): a -= b; return a
def imul(a, b): a *= b; return a
def ipow(a, b): a **= b; return a
def ish(a, b): a <<= b; return a
ops = [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b, lambda a, b: a / b, lambda a, b: a // b, lambda a, b: a % b,
       lambda a, b: a ** b, lambda a, b: a << b, lambda a, b: a >> b, lambda a, b: a & b, lambda a, b: a | b, lambda a, b: a ^ b,
       lambda a, b: a @ b, iadd, isub, imul, ipow, ish, lambda a, b: a < b, lambda a, b: a in b, lambda a, b: a[b]]
for a in (1, 1.5, None, [1], {}, (1,), len):
    for b in ('s', None, 1.5, [1]):
        for f in ops:
            print(t(f, a, b))
