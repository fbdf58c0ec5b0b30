a += 1; a -= 1; a *= 1; a /= 1; a //= 1; a %= 1; a **= 1; a @= 1
a <<= 1; a >>= 1; a &= 1; a |= 1; a ^= 1
a.b += c
a[b] += c
a.b.c[d].e **= f(g)
a[b, c] -= 1
def f(x):
    x += 1
    x.y += 1
    x[0] += 1
    x.y[x.z] += x
