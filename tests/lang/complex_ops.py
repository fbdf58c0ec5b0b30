# Complex numbers: arithmetic, text, comparison, and errors.
def show(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as e:
        print(type(e).__name__, e)


nums = [0, 1, -2, 2.5, -0.0, 1j, -1j, 3 + 4j, -2 - 0.5j, 0j, complex(-0.0, -0.0), 10 ** 20, True]
for a in nums:
    for b in nums:
        if type(a) is complex or type(b) is complex:
            show(lambda: (a + b, a - b, a * b))
            show(lambda: a / b)
            show(lambda: (a == b, a != b, hash(a) == hash(b)))
for a in [1j, 2 + 1j, -1.5 - 2j, 3, -8, 2.5]:
    for b in [0, 1, 2, -1, -3, 100, 0.5, 1j, 0.5 - 1j, 2 + 0j]:
        show(lambda: '%.9s %.9s' % (complex(a ** b).real, complex(a ** b).imag))
show(lambda: '%.12f %.12f' % (((-8) ** 0.5).real, ((-8) ** 0.5).imag))
show(lambda: type((-8.0) ** (1 / 3)))
show(lambda: pow(-8, 0.5) == (-8) ** 0.5)
show(lambda: (-8) ** 2.0)
for t in ['1+2j', ' ( 1+2j ) ', 'j', '-j', '+J', '1e3-1e2j', 'nan', 'infj', '-inf+nanj', '1_0j', '.5', '5.j', '1-j', '(3)', '\u0663+1j',
          '', 'a', '1 + 2j', '1+2', '1j+2', '(1', '1)', '1__0', '1+2j3', '++1j', '1e', 'j1', '()']:
    show(complex, t)
show(complex)
show(complex, 1)
show(complex, 1, 2)
show(complex, 1j, 1j)
show(complex, 1.5, -0.0)
show(complex, True)
show(lambda: complex(real=1, imag=2))
show(lambda: complex(imag=2))
show(complex, 1, 'a')
show(complex, '1', 2)
show(complex, [])
show(complex, 1, [])
show(complex, None)
show(complex, b'1')
show(complex, 1, 2, 3)
show(lambda: complex(x=1))
show(complex, 10 ** 400)
c = 3 - 4j
print(c, c.real, c.imag, c.conjugate(), abs(c), -c, +c, bool(c), bool(0j), str(c), type(c), complex(c) is c)
print(1e16 + 1j, 1e-5j, 0.1 + 0.2j, complex('nan'), complex(1, float('-inf')), -0j, 1e400j, [1j, 2 + 0j])
print(1j == 1, 1 == 1 + 0j, 1.5 == 1.5 + 0j, complex(2 ** 53 + 1, 0) == 2 ** 53 + 1, {1: 'a'}[1 + 0j], 1j in [1j])
print(hash(1 + 0j), hash(1 + 2j), hash(-1 + 0j), hash(1.5 - 2.5j), hash(complex(10 ** 20, 1)), hash(1j))
print(format(1 + 2j, '.2f'), format(1 + 2j, '>20'), format(c, '<20.3e') + '|', format(c, '^20') + '|', format(2j, 'g'), format(12345.678 + 1j, ',.1f'))
print(f'{c} {c!r} {c:+.1f} {1j:.0f} {-1j}', '%s %r' % (c, c), '{}'.format(c), sum([1j, 2, 3.5]))
show(lambda: c // 1)
show(lambda: 1 % c)
show(lambda: divmod(c, 1))
show(lambda: c < 1)
show(lambda: c < c)
show(lambda: sorted([2j, 1j]))
show(lambda: max(1j, 2j))
show(lambda: ~c)
show(lambda: c << 1)
show(lambda: c & 1)
show(lambda: c + 'a')
show(lambda: 'a' + c)
show(lambda: [1] * c)
show(lambda: c @ c)
show(lambda: int(c))
show(lambda: float(c))
show(lambda: round(c))
show(lambda: '%d' % c)
show(lambda: '%f' % c)
show(lambda: '%x' % c)
show(lambda: pow(c, 2, 3))
show(lambda: pow(2, c, 3))
show(lambda: pow(2.0, 3, c))
show(lambda: pow(2, 3, c))
show(lambda: c[0])
show(lambda: c())
show(lambda: [1, 2][c])
show(lambda: range(c))
show(lambda: format(c, '05'))
show(lambda: format(c, '=20'))
show(lambda: format(c, 'd'))
show(lambda: format(c, 's'))
show(lambda: c / 0)
show(lambda: 0j ** -1)
show(lambda: 0j ** 1j)
show(lambda: (1e200 + 1e200j) ** 3)
show(lambda: abs(complex(1e308, 1e308)))
show(lambda: abs(complex(float('nan'), float('inf'))))
show(lambda: abs(complex(float('nan'), 1)))
show(lambda: 10 ** 400 + 1j)


def set_real():
    c.real = 1


show(set_real)
print(..., Ellipsis is ..., type(...), repr(...), [...], hash(...) == hash(Ellipsis), bool(...), (... == Ellipsis))


def mandelbrot(n):
    inside = 0
    for y in range(n):
        for x in range(n):
            z = 0j
            c = complex(x * 3 / n - 2, y * 2 / n - 1)
            for _ in range(20):
                z = z * z + c
                if abs(z) > 2:
                    break
            else:
                inside += 1
    return inside


for n in (3, 12, 24):
    print(mandelbrot(n))


def power(x):
    return x ** 0.5


print([power(x) for x in range(1, 200)][-1], power(-4.0).imag, [power(4.0) for _ in range(50)][3])
