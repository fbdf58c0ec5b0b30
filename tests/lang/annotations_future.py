from __future__ import annotations
def f(a: 1+2, b: (lambda *a: a), c: (lambda x, /, y=1, *, z, **k: (x, y)), d: u'x', e: "q"[1:2, ...], g: (x := 3), h: f'{a!r:>{w}}a{{}}' 'b', i: not -a ** -b, k: (x if y else z), l: {**a, b: c}, m: [i for i in range(3) if i], p: 1 .real, q: 1e400, r: a[1:2], s: a[1:2,], t: a[b, c], u: a[(b, c)], v: a[::2], w: -1, x: (), y: (1,), z: {1, 2}) -> a.b(c, *d, e=f, **g): pass
for k, v in f.__annotations__.items(): print(k, repr(v))
x: int = 3
C = lambda: 0
C.y: int() = 4
def g():
    z: undefined[0] = 5
    C.q: undefined2[(lambda: 0)] = 6
    C.r: undefined3
g()
print(__annotations__, f.__code__.co_flags, C.y, g.__code__.co_consts)
a: 'x' 'y'
b: (a if b else c, d)
c: lambda: 0
d: a or b and not c == d < e in f
e: (a, b) | c
f: a[(b := 1)]
g: await_
h: f"{a + b}{ {1:2} }{x!s}{lambda_}" 
i: b'x'
j: 1j
k: True
l: ...
m: a @ b // c << d
n: (a ** b) ** c
o: a ** (b ** c)
p: ~(-a)
q: (not a) == b
r: -(a + b)
s: (a if b else c).d
t: (lambda: a)()
u: {a: b for c in d}
v: {a for b, c in d for e in f if g if h}
w: [*a, b]
x: a < (b < c)
y: not (not a)
z: "it's" + 'a"b'
aa: 1 if (2 if 3 else 4) else 5
ab: a[b:c, d]
ac: a[b:c,]
ad: f(**a, b=1)
ae: f((yield_))
af: x.y.z[0].w
ag: 1.5.real
ah: (1).real
ai: a[lambda: 1]
aj: f'{x:{y}.{z}}'
ak: f'{x!a}' f'{{}}'
al: {**a}
am: a and (b and c) or (d or e)
an: (a and b) and c
ao: (1 + 2) * 3 - x
ap: -x ** 2
aq: (-x) ** 2
ar: "a" "b" f"{c}"
at: a[1]
au: a[-1]
av: a[()]
aw: a[(1,)]
for item in __annotations__.items():
    print('%s: %r' % item)
