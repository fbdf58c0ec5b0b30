"""Random numbers: the Mersenne twister and what is made of it, number by number as CPython 3.8
makes them."""

from _collections_abc import Sequence as _Sequence, Set as _Set
from bisect import bisect as _bisect

try:
    from math import (acos as _acos, cos as _cos, e as _e, exp as _exp, log as _log, pi as _pi,
                      sin as _sin, sqrt as _sqrt)

    NV_MAGICCONST = 4 * _exp(-0.5) / _sqrt(2.0)
    TWOPI = 2.0 * _pi
    LOG4 = _log(4.0)
    SG_MAGICCONST = 1.0 + _log(4.5)
except ImportError:
    # Only the distributions need it.
    pass
import _random
try:
    from posix import urandom as _urandom
except ImportError:
    def _urandom(n):
        try:
            with open("/dev/urandom", "rb", 0) as f:
                return f.read(n)
        except OSError:
            raise NotImplementedError("/dev/urandom (or equivalent) not found") from None

__all__ = ["Random", "seed", "random", "uniform", "randint", "choice", "sample", "randrange",
           "shuffle", "normalvariate", "lognormvariate", "expovariate", "vonmisesvariate",
           "gammavariate", "triangular", "gauss", "betavariate", "paretovariate",
           "weibullvariate", "getstate", "setstate", "getrandbits", "choices", "SystemRandom"]

try:
    _TEXT = (str, bytes, bytearray)
except NameError:
    # Not every engine has bytearray.
    _TEXT = (str, bytes)
BPF = 53
RECIP_BPF = 2 ** -BPF


class Random(_random.Random):
    """A source of random numbers with a state of its own."""

    VERSION = 3

    def __init__(self, x=None):
        self.seed(x)
        self.gauss_next = None

    def __init_subclass__(cls, /, **kwargs):
        # A class that makes its own numbers may make floats only.
        for c in cls.__mro__:
            names = c.__dict__
            if "_randbelow" in names:
                break
            if "getrandbits" in names:
                cls._randbelow = cls._randbelow_with_getrandbits
                break
            if "random" in names:
                cls._randbelow = cls._randbelow_without_getrandbits
                break

    def seed(self, a=None, version=2):
        """Start anew, from an int, a string, bytes, a hash; without one from the system."""
        if version == 1 and isinstance(a, (str, bytes)):
            chars = a if isinstance(a, bytes) else list(map(ord, a))
            x = chars[0] << 7 if chars else 0
            for c in chars:
                x = (1000003 * x ^ c) & 0xFFFFFFFFFFFFFFFF
            a = x ^ len(chars)
        elif version == 2 and isinstance(a, _TEXT):
            from _seedhash import digest
            if isinstance(a, str):
                a = a.encode()
            a += digest(a)
            a = int.from_bytes(a, "big")
        super().seed(a)
        self.gauss_next = None

    def getstate(self):
        """What `setstate` goes on from."""
        return self.VERSION, super().getstate(), self.gauss_next

    def setstate(self, state):
        """Go on where `getstate` was."""
        version = state[0]
        if version == 3:
            version, internal, self.gauss_next = state
        elif version == 2:
            version, internal, self.gauss_next = state
            # These were signed.
            try:
                internal = tuple(x % (2 ** 32) for x in internal)
            except ValueError as e:
                raise TypeError from e
        else:
            raise ValueError(f"state with version {version} passed to Random.setstate() of "
                             f"version {self.VERSION}")
        super().setstate(internal)

    def __getstate__(self):
        return self.getstate()

    def __setstate__(self, state):
        self.setstate(state)

    def __reduce__(self):
        return self.__class__, (), self.getstate()

    # Integers

    def randrange(self, start, stop=None, step=1, _int=int):
        """One of `range(start, stop, step)`."""
        first = _int(start)
        if first != start:
            raise ValueError("non-integer arg 1 for randrange()")
        if stop is None:
            if first > 0:
                return self._randbelow(first)
            raise ValueError("empty range for randrange()")
        end = _int(stop)
        if end != stop:
            raise ValueError("non-integer stop for randrange()")
        width = end - first
        if step == 1:
            if width > 0:
                return first + self._randbelow(width)
            raise ValueError("empty range for randrange() (%d, %d, %d)" % (first, end, width))
        by = _int(step)
        if by != step:
            raise ValueError("non-integer step for randrange()")
        if by > 0:
            n = (width + by - 1) // by
        elif by < 0:
            n = (width + by + 1) // by
        else:
            raise ValueError("zero step for randrange()")
        if n <= 0:
            raise ValueError("empty range for randrange()")
        return first + by * self._randbelow(n)

    def randint(self, a, b):
        """An int from a to b, both possible."""
        return self.randrange(a, b + 1)

    def _randbelow_with_getrandbits(self, n):
        getrandbits = self.getrandbits
        bits = n.bit_length()
        r = getrandbits(bits)
        while r >= n:
            r = getrandbits(bits)
        return r

    def _randbelow_without_getrandbits(self, n, int=int, maxsize=1 << BPF):
        random = self.random
        if n >= maxsize:
            from warnings import warn
            warn("Underlying random() generator does not supply \n"
                 "enough bits to choose from a population range this large.\n"
                 "To remove the range limitation, add a getrandbits() method.")
            return int(random() * n)
        if n == 0:
            raise ValueError("Boundary cannot be zero")
        limit = (maxsize - maxsize % n) / maxsize
        r = random()
        while r >= limit:
            r = random()
        return int(r * maxsize) % n

    _randbelow = _randbelow_with_getrandbits

    # Sequences

    def choice(self, seq):
        """One of the items."""
        try:
            i = self._randbelow(len(seq))
        except ValueError:
            raise IndexError("Cannot choose from an empty sequence") from None
        return seq[i]

    def shuffle(self, x, random=None):
        """Bring the items of a list into any order."""
        if random is None:
            below = self._randbelow
            for i in reversed(range(1, len(x))):
                j = below(i + 1)
                x[i], x[j] = x[j], x[i]
        else:
            for i in reversed(range(1, len(x))):
                j = int(random() * (i + 1))
                x[i], x[j] = x[j], x[i]

    def sample(self, population, k):
        """k items of different places."""
        if isinstance(population, _Set):
            population = tuple(population)
        if not isinstance(population, _Sequence):
            raise TypeError("Population must be a sequence or set.  For dicts, use list(d).")
        below = self._randbelow
        n = len(population)
        if not 0 <= k <= n:
            raise ValueError("Sample larger than population or is negative")
        # A list of what is left costs n; a set of what is taken costs k, and more for each.
        set_cost = 21
        if k > 5:
            # The least power of 4 that is not less than 3 k.
            room = 16
            while room < k * 3:
                room *= 4
            set_cost += room
        if n <= set_cost:
            result = [None] * k
            pool = list(population)
            for i in range(k):
                j = below(n - i)
                result[i] = pool[j]
                pool[j] = pool[n - i - 1]
            return result
        result = [None] * k
        taken = set()
        for i in range(k):
            j = below(n)
            while j in taken:
                j = below(n)
            taken.add(j)
            result[i] = population[j]
        return result

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        """k items, each any of them again; the more weight the more often."""
        random = self.random
        n = len(population)
        if cum_weights is None:
            if weights is None:
                n += 0.0
                return [population[int(random() * n)] for _ in range(k)]
            cum_weights = []
            for w in weights:
                cum_weights.append(cum_weights[-1] + w if cum_weights else w)
        elif weights is not None:
            raise TypeError("Cannot specify both weights and cumulative weights")
        if len(cum_weights) != n:
            raise ValueError("The number of weights does not match the population")
        total = cum_weights[-1] + 0.0
        last = n - 1
        return [population[_bisect(cum_weights, random() * total, 0, last)]
                for _ in range(k)]

    # Distributions

    def uniform(self, a, b):
        """From a to b, all alike."""
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        """From low to high, most often near mode (the middle)."""
        u = self.random()
        try:
            c = 0.5 if mode is None else (mode - low) / (high - low)
        except ZeroDivisionError:
            return low
        if u > c:
            u = 1.0 - u
            c = 1.0 - c
            low, high = high, low
        return low + (high - low) * _sqrt(u * c)

    def normalvariate(self, mu, sigma):
        """Normal, with a mean and a standard deviation."""
        random = self.random
        while True:
            u = random()
            v = 1.0 - random()
            z = NV_MAGICCONST * (u - 0.5) / v
            if z * z / 4.0 <= -_log(v):
                return mu + z * sigma

    def lognormvariate(self, mu, sigma):
        """What has a normal logarithm."""
        return _exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd):
        """Exponential, with a mean of 1 / lambd."""
        return -_log(1.0 - self.random()) / lambd

    def vonmisesvariate(self, mu, kappa):
        """An angle near mu, the nearer the greater kappa is."""
        random = self.random
        if kappa <= 1e-6:
            return TWOPI * random()
        s = 0.5 / kappa
        r = s + _sqrt(1.0 + s * s)
        while True:
            z = _cos(_pi * random())
            d = z / (r + z)
            u = random()
            if u < 1.0 - d * d or u <= (1.0 - d) * _exp(d):
                break
        q = 1.0 / r
        f = (q + z) / (1.0 + q * z)
        if random() > 0.5:
            return (mu + _acos(f)) % TWOPI
        return (mu - _acos(f)) % TWOPI

    def gammavariate(self, alpha, beta):
        """Gamma; the mean is alpha * beta."""
        if alpha <= 0.0 or beta <= 0.0:
            raise ValueError("gammavariate: alpha and beta must be > 0.0")
        random = self.random
        if alpha > 1.0:
            # Cheng 1977
            root = _sqrt(2.0 * alpha - 1.0)
            b = alpha - LOG4
            c = alpha + root
            while True:
                u = random()
                if not 1e-7 < u < 0.9999999:
                    continue
                w = 1.0 - random()
                v = _log(u / (1.0 - u)) / root
                x = alpha * _exp(v)
                z = u * u * w
                r = b + c * v - x
                if r + SG_MAGICCONST - 4.5 * z >= 0.0 or r >= _log(z):
                    return x * beta
        if alpha == 1.0:
            return -_log(1.0 - random()) * beta
        # Ahrens and Dieter 1974
        while True:
            u = random()
            b = (_e + alpha) / _e
            p = b * u
            if p <= 1.0:
                x = p ** (1.0 / alpha)
            else:
                x = -_log((b - p) / alpha)
            w = random()
            if p > 1.0:
                if w <= x ** (alpha - 1.0):
                    break
            elif w <= _exp(-x):
                break
        return x * beta

    def gauss(self, mu, sigma):
        """Normal; two are made at a time and the other is kept for the next call."""
        z = self.gauss_next
        self.gauss_next = None
        if z is None:
            random = self.random
            angle = random() * TWOPI
            radius = _sqrt(-2.0 * _log(1.0 - random()))
            z = _cos(angle) * radius
            self.gauss_next = _sin(angle) * radius
        return mu + z * sigma

    def betavariate(self, alpha, beta):
        """Beta, from 0 to 1."""
        y = self.gammavariate(alpha, 1.0)
        if y == 0:
            return 0.0
        return y / (y + self.gammavariate(beta, 1.0))

    def paretovariate(self, alpha):
        """Pareto."""
        u = 1.0 - self.random()
        return 1.0 / u ** (1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        """Weibull, with a scale and a shape."""
        u = 1.0 - self.random()
        return alpha * (-_log(u)) ** (1.0 / beta)


class SystemRandom(Random):
    """Numbers from the system, which have no state."""

    def random(self):
        """The next number, of 53 bits."""
        return (int.from_bytes(_urandom(7), "big") >> 3) * RECIP_BPF

    def getrandbits(self, k):
        """The next number of k bits."""
        if k <= 0:
            raise ValueError("number of bits must be greater than zero")
        size = (k + 7) // 8
        return int.from_bytes(_urandom(size), "big") >> size * 8 - k

    def seed(self, *args, **kwds):
        """Nothing: the system needs no seed."""

    def _notimplemented(self, *args, **kwds):
        raise NotImplementedError("System entropy source does not have state.")

    getstate = setstate = _notimplemented


_inst = Random()
seed = _inst.seed
random = _inst.random
uniform = _inst.uniform
triangular = _inst.triangular
randint = _inst.randint
choice = _inst.choice
randrange = _inst.randrange
sample = _inst.sample
shuffle = _inst.shuffle
choices = _inst.choices
normalvariate = _inst.normalvariate
lognormvariate = _inst.lognormvariate
expovariate = _inst.expovariate
vonmisesvariate = _inst.vonmisesvariate
gammavariate = _inst.gammavariate
gauss = _inst.gauss
betavariate = _inst.betavariate
paretovariate = _inst.paretovariate
weibullvariate = _inst.weibullvariate
getstate = _inst.getstate
setstate = _inst.setstate
getrandbits = _inst.getrandbits

try:
    # A child process must not draw its parent's numbers again.
    from posix import register_at_fork as _at_fork
    _at_fork(after_in_child=_inst.seed)
except ImportError:
    pass
