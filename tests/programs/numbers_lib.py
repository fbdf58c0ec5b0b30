"""Fractions, matrices, polynomials, big naturals, intervals and units: operators of every kind."""
import numbers
import operator
from collections.abc import Sequence
from functools import lru_cache, reduce, total_ordering
from itertools import permutations, product


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


@total_ordering
class Fraction:
    __slots__ = ('_n', '_d')

    def __new__(cls, n=0, d=1):
        if isinstance(n, str):
            n, _, d = n.partition('/')
            n, d = int(n), int(d or 1)
        elif isinstance(n, float):
            n, d = n.as_integer_ratio()
        if isinstance(n, Fraction) or isinstance(d, Fraction):
            return n / d
        if d == 0:
            raise ZeroDivisionError('Fraction(%s, 0)' % n)
        g = gcd(abs(n), abs(d)) * (-1 if d < 0 else 1)
        self = super().__new__(cls)
        object.__setattr__(self, '_n', n // g)
        object.__setattr__(self, '_d', d // g)
        return self

    def __setattr__(self, name, value):
        raise AttributeError('a fraction does not change')

    numerator = property(lambda self: self._n)
    denominator = property(operator.attrgetter('_d'))

    @staticmethod
    def coerce(f):
        def method(self, other):
            if isinstance(other, int):
                other = Fraction(other)
            elif isinstance(other, float):
                return getattr(float(self), f.__name__)(other)
            elif not isinstance(other, Fraction):
                return NotImplemented
            return f(self, other)
        method.__name__ = f.__name__
        return method

    coerce = coerce.__func__

    @coerce
    def __add__(self, other):
        return Fraction(self._n * other._d + other._n * self._d, self._d * other._d)

    @coerce
    def __sub__(self, other):
        return self + -other

    @coerce
    def __mul__(self, other):
        return Fraction(self._n * other._n, self._d * other._d)

    @coerce
    def __truediv__(self, other):
        return Fraction(self._n * other._d, self._d * other._n)

    @coerce
    def __floordiv__(self, other):
        return (self._n * other._d) // (self._d * other._n)

    @coerce
    def __mod__(self, other):
        return self - other * (self // other)

    @coerce
    def __rsub__(self, other):
        return other - self

    @coerce
    def __rtruediv__(self, other):
        return other / self

    def __divmod__(self, other):
        return self // other, self % other

    __radd__, __rmul__ = __add__, __mul__

    def __pow__(self, k, modulus=None):
        if modulus is not None:
            raise TypeError('no modulus')
        if not isinstance(k, int):
            return float(self) ** k
        return Fraction(self._n ** k, self._d ** k) if k >= 0 else Fraction(self._d ** -k, self._n ** -k)

    def __neg__(self):
        return Fraction(-self._n, self._d)

    def __pos__(self):
        return self

    def __abs__(self):
        return Fraction(abs(self._n), self._d)

    @coerce
    def __eq__(self, other):
        return (self._n, self._d) == (other._n, other._d)

    @coerce
    def __lt__(self, other):
        return self._n * other._d < other._n * self._d

    def __hash__(self):
        return hash(self._n) if self._d == 1 else hash((self._n, self._d))

    def __bool__(self):
        return self._n != 0

    def __int__(self):
        return int(self._n / self._d)

    def __float__(self):
        return self._n / self._d

    def __round__(self, digits=None):
        if digits is None:
            whole, rest = divmod(self._n, self._d)
            return whole + (2 * rest > self._d or (2 * rest == self._d and whole % 2 == 1))
        return Fraction(round(self * 10 ** digits), 10 ** digits)

    def __floor__(self):
        return self._n // self._d

    def __trunc__(self):
        return int(self)

    def __str__(self):
        return str(self._n) if self._d == 1 else '%d/%d' % (self._n, self._d)

    def __repr__(self):
        return 'Fraction(%d, %d)' % (self._n, self._d)

    def __format__(self, spec):
        if spec.endswith('f'):
            return format(float(self), spec)
        if spec.startswith('m'):
            whole, rest = divmod(self._n, self._d)
            return '%d %d/%d' % (whole, rest, self._d) if whole and rest else str(self)
        return format(str(self), spec)


numbers.Rational.register(Fraction)


class Matrix(Sequence):
    def __init__(self, rows):
        self.rows = tuple(tuple(r) for r in rows)
        if len({len(r) for r in self.rows}) > 1:
            raise ValueError('rows of different lengths: %s' % [len(r) for r in self.rows])

    @classmethod
    def identity(cls, n):
        return cls([int(i == j) for j in range(n)] for i in range(n))

    @property
    def shape(self):
        return len(self.rows), len(self.rows[0]) if self.rows else 0

    @property
    def T(self):
        return Matrix(zip(*self.rows))

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        if isinstance(index, tuple):
            r, c = index
            if isinstance(r, slice) or isinstance(c, slice):
                rows = self.rows[r] if isinstance(r, slice) else (self.rows[r],)
                return Matrix(row[c] if isinstance(c, slice) else (row[c],) for row in rows)
            return self.rows[r][c]
        return self.rows[index]

    def elementwise(f):
        def method(self, other):
            if isinstance(other, Matrix):
                if other.shape != self.shape:
                    raise ValueError('shapes %s and %s' % (self.shape, other.shape))
                return Matrix(map(f, a, b) for a, b in zip(self, other))
            if isinstance(other, (numbers.Number, Fraction)):
                return Matrix([f(x, other) for x in row] for row in self)
            return NotImplemented
        return method

    __add__, __sub__, __mul__ = map(elementwise, (operator.add, operator.sub, operator.mul))
    __rmul__ = __mul__
    __radd__ = __add__
    del elementwise

    def __matmul__(self, other):
        if not isinstance(other, Matrix):
            return NotImplemented
        columns = other.T.rows
        return Matrix([sum(map(operator.mul, row, column)) for column in columns] for row in self)

    def __imatmul__(self, other):
        print('    (in place)')
        return self @ other

    def __neg__(self):
        return self * -1

    def __pow__(self, n):
        if n < 0:
            return ~self ** -n
        result, base = Matrix.identity(len(self)), self
        while n:
            if n & 1:
                result = result @ base
            base = base @ base
            n >>= 1
        return result

    def __eq__(self, other):
        return self.rows == other.rows if isinstance(other, Matrix) else NotImplemented

    def __hash__(self):
        return hash(self.rows)

    def __invert__(self):
        n = len(self)
        work = [[Fraction(x) if isinstance(x, int) else x for x in row] + [Fraction(int(i == j)) for j in range(n)] for i, row in enumerate(self)]
        for i in range(n):
            pivot = next((r for r in range(i, n) if work[r][i]), None)
            if pivot is None:
                raise ArithmeticError('singular')
            work[i], work[pivot] = work[pivot], work[i]
            work[i] = [x / work[i][i] for x in work[i]]
            for r in range(n):
                if r != i and work[r][i]:
                    f = work[r][i]
                    work[r] = [x - f * y for x, y in zip(work[r], work[i])]
        return Matrix(row[n:] for row in work)

    def __abs__(self):
        """The determinant, by permutations."""
        n = len(self)
        total = 0
        for p in permutations(range(n)):
            sign = (-1) ** sum(p[i] > p[j] for i in range(n) for j in range(i + 1, n))
            total += sign * reduce(operator.mul, (self[i][p[i]] for i in range(n)), 1)
        return total

    def __str__(self):
        cells = [[str(x) for x in row] for row in self]
        widths = [max(map(len, c)) for c in zip(*cells)]
        return '\n'.join('[' + ' '.join(c.rjust(w) for c, w in zip(row, widths)) + ']' for row in cells)

    def __repr__(self):
        return 'Matrix(%r)' % [list(r) for r in self]


class Polynomial:
    def __init__(self, *coefficients):
        c = list(coefficients)
        while c and c[-1] == 0:
            c.pop()
        self.c = tuple(c)

    def __call__(self, x):
        return reduce(lambda a, k: a * x + k, reversed(self.c), 0)

    def __add__(self, other):
        if not isinstance(other, Polynomial):
            other = Polynomial(other)
        n = max(len(self.c), len(other.c))
        return Polynomial(*[self[i] + other[i] for i in range(n)])

    def __getitem__(self, i):
        return self.c[i] if i < len(self.c) else 0

    def __neg__(self):
        return Polynomial(*[-k for k in self.c])

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    __radd__ = __add__

    def __mul__(self, other):
        if not isinstance(other, Polynomial):
            return Polynomial(*[k * other for k in self.c])
        out = [0] * (len(self.c) + len(other.c))
        for (i, a), (j, b) in product(enumerate(self.c), enumerate(other.c)):
            out[i + j] += a * b
        return Polynomial(*out)

    __rmul__ = __mul__

    def __divmod__(self, other):
        rest, quotient = self, Polynomial()
        while len(rest.c) >= len(other.c):
            term = Polynomial(*[0] * (len(rest.c) - len(other.c)), Fraction(rest.c[-1]) / other.c[-1])
            quotient, rest = quotient + term, rest - term * other
        return quotient, rest

    __floordiv__ = lambda self, other: divmod(self, other)[0]
    __mod__ = lambda self, other: divmod(self, other)[1]

    def __pow__(self, n):
        return reduce(operator.mul, [self] * n, Polynomial(1))

    def __eq__(self, other):
        return isinstance(other, Polynomial) and self.c == other.c

    def derivative(self):
        return Polynomial(*[i * k for i, k in enumerate(self.c)][1:])

    def __str__(self):
        parts = []
        for i in range(len(self.c) - 1, -1, -1):
            k = self.c[i]
            if k == 0:
                continue
            power = '' if i == 0 else 'x' if i == 1 else 'x^%d' % i
            number = str(abs(k)) if abs(k) != 1 or not power else ''
            parts.append(('-' if k < 0 else '+') + number + power)
        return ' '.join(parts).lstrip('+') or '0'


class Natural:
    """Naturals as digits in a base, the arithmetic of school."""
    BASE = 1000

    def __init__(self, value=0):
        self.digits = []
        while value:
            value, d = divmod(value, self.BASE)
            self.digits.append(d)

    @classmethod
    def of(cls, digits):
        self = cls()
        while digits and digits[-1] == 0:
            digits.pop()
        self.digits = digits
        return self

    def __iadd__(self, other):
        carry = 0
        for i in range(max(len(self.digits), len(other.digits))):
            if i == len(self.digits):
                self.digits.append(0)
            carry += self.digits[i] + (other.digits[i] if i < len(other.digits) else 0)
            carry, self.digits[i] = divmod(carry, self.BASE)
        if carry:
            self.digits.append(carry)
        return self

    def __mul__(self, other):
        out = [0] * (len(self.digits) + len(other.digits) + 1)
        for i, a in enumerate(self.digits):
            carry = 0
            for j, b in enumerate(other.digits):
                carry, out[i + j] = divmod(out[i + j] + a * b + carry, self.BASE)
            out[i + len(other.digits)] += carry
        return Natural.of(out)

    def __index__(self):
        return reduce(lambda a, d: a * self.BASE + d, reversed(self.digits), 0)

    def __str__(self):
        return ''.join('%03d' % d for d in reversed(self.digits)).lstrip('0') or '0'


class Quantity:
    def __init__(self, value, **units):
        self.value = value
        self.units = {u: p for u, p in sorted(units.items()) if p}

    def __mul__(self, other):
        if isinstance(other, Quantity):
            names = {**self.units, **other.units}
            return Quantity(self.value * other.value, **{u: self.units.get(u, 0) + other.units.get(u, 0) for u in names})
        return Quantity(self.value * other, **self.units)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self * (other ** -1 if isinstance(other, Quantity) else 1 / other)

    def __pow__(self, n):
        return Quantity(self.value ** n, **{u: p * n for u, p in self.units.items()})

    def __add__(self, other):
        if getattr(other, 'units', None) != self.units:
            raise TypeError('%s and %s do not add' % (self, other))
        return Quantity(self.value + other.value, **self.units)

    def __lt__(self, other):
        return self.value < other.value

    def __str__(self):
        return ' '.join(['%g' % self.value] + [u if p == 1 else '%s^%d' % (u, p) for u, p in self.units.items()])


F = Fraction
print(F(1, 2) + F(1, 3), F(6, -4), F('3/9'), F(0.75), 1 - F(1, 3), F(7, 2) // 1, F(7, 2) % 1, divmod(F(-7, 2), 2), F(2, 3) ** -2, 2 / F(4), F(1, 3) * 3 == 1)
print(F(1, 2) + 0.25, F(1, 2) < 0.7, F(1, 3) < F(1, 2) <= 1, sorted([F(1, 2), F(1, 3), 0, F(3, 4)], reverse=True), max(F(1, 7), F(1, 8)), F(9, 4) ** 0.5)
print([round(F(n, 2)) for n in range(-3, 6)], round(F(22, 7), 2), int(F(-7, 2)), bool(F()), hash(F(4, 2)) == hash(2), {F(1, 2): 'half'}[F(2, 4)], abs(F(-1, 2)), +F(1))
print('{:.3f} {:m} {:>8} {!r}'.format(F(1, 3), F(22, 7), F(5, 8), F(2, 6)), isinstance(F(1), numbers.Rational), isinstance(F(1), numbers.Complex), float(F(1, 8)))
for bad in (lambda: F(1, 0), lambda: F(1) / 0, lambda: setattr(F(1), 'x', 1), lambda: F(1) + 'a', lambda: 'a' + F(1), lambda: F(1) < 'a', lambda: pow(F(1), 2, 3), lambda: F('x/2'), lambda: F(1) @ 2):
    try:
        print(bad())
    except Exception as e:
        print('  ', type(e).__name__, e)
print(sum(F(1, k * (k + 1)) for k in range(1, 30)), reduce(operator.mul, (F(k, k + 2) for k in range(1, 9))))


@lru_cache(None)
def bernoulli(n):
    if n == 0:
        return F(1)
    choose = lambda n, k: reduce(lambda a, i: a * (n - i) // (i + 1), range(k), 1)
    return -sum(choose(n + 1, k) * bernoulli(k) for k in range(n)) / F(n + 1)


print(*[bernoulli(n) for n in range(13)], bernoulli.cache_info())
m = Matrix([[2, 1, 0], [0, 3, 1], [1, 0, 1]])
print(m, m.T, m @ m, sep='\n--\n')
print(m.shape, m[1], m[1, 1], m[:, 1], m[0:2, ::2], len(m), m.index((0, 3, 1)), (1, 0, 1) in m, list(reversed(m))[0])
print(abs(m), ~m, sep='\n')
print(~m @ m == Matrix.identity(3), m ** -2 == ~(m @ m), (2 * m - m) == m, m * F(1, 2), m + 1 == 1 + m, -m == m * -1, hash(m) == hash(m + 0))
p = m
p @= Matrix.identity(3)
print(p == m, (Matrix([[1, 1], [1, 0]]) ** 90)[0, 1])
for bad in (lambda: Matrix([[1], [1, 2]]), lambda: m + Matrix([[1]]), lambda: m @ 2, lambda: 'x' * m, lambda: ~Matrix([[1, 2], [2, 4]]), lambda: m[5], lambda: m[0, 9]):
    try:
        print(bad())
    except Exception as e:
        print('  ', type(e).__name__, e)
x = Polynomial(0, 1)
f = (x - 1) * (x + 2) ** 2 + 3
print(f, '|', f.derivative(), '|', f(2), f(F(1, 2)), '|', f - f, '|', 5 - x, '|', 2 * x ** 3)
q, r = divmod(f, x * x + 1)
print(q, '|', r, '|', q * (x * x + 1) + r == f, '|', f // Polynomial(2), '|', (x ** 4 - 1) % (x - 1))
chebyshev = [Polynomial(1), x]
for n in range(5):
    chebyshev.append(2 * x * chebyshev[-1] - chebyshev[-2])
print(*chebyshev, sep=', ')
a, b = Natural(), Natural(1)
for n in range(150):
    a += b
    a, b = b, a
factorial = reduce(operator.mul, map(Natural, range(1, 31)))
print(a, '|', factorial, '|', operator.index(factorial) == reduce(operator.mul, range(1, 31)), hex(Natural(255)), [10, 20, 30][Natural(1)], Natural())
metre, second = Quantity(1.0, m=1), Quantity(1.0, s=1)
speed = 100 * metre / (9.58 * second)
print(speed, '|', speed * speed, '|', speed / speed, '|', 2 * metre + metre * 3, '|', metre ** 2 / second ** 2 * 5, '|', min([3 * metre, 2 * metre]))
for bad in (lambda: metre + second, lambda: metre + 1, lambda: 1 + metre, lambda: metre > 1, lambda: divmod(metre, 2), lambda: -metre):
    try:
        print(bad())
    except Exception as e:
        print('  ', type(e).__name__, e)
