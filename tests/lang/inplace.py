# augmented assignment in all its forms
x = 10
x += 5; print(x)
x -= 3; print(x)
x *= 4; print(x)
x //= 5; print(x)
x **= 2; print(x)
x %= 50; print(x)
x <<= 3; print(x)
x >>= 1; print(x)
x |= 3; print(x)
x &= 14; print(x)
x ^= 5; print(x)
x /= 2; print(x)
a = [1, 2]
b = a
a += (3, 4)
print(a, b, a is b)
a *= 2
print(b)
a[0] += 10
a[a[1]] -= 1
print(a)
d = {'k': 1}
d['k'] += 41
print(d)
s = 'a'
s += 'b'
s *= 3
print(s)
t = (1,)
u = t
t += (2,)
print(t, u)
def f():
    n = 0
    def g():
        nonlocal n
        n += 2
        return n
    g()
    g()
    return n
print(f())
def calls():
    log = []
    def get(i):
        log.append(i)
        return i
    z = [1, 2, 3]
    z[get(1)] += get(5)
    return z, log
print(calls())
