"""The Mersenne twister MT19937 and its seeding, where the engine has no `_random` of its own."""

_N = 624
_M = 397
_FULL = 0xFFFFFFFF


def urandom(n):
    """Bytes from the system."""
    try:
        from posix import urandom
    except ImportError:
        try:
            with open("/dev/urandom", "rb", 0) as f:
                return f.read(n)
        except OSError:
            raise NotImplementedError("/dev/urandom (or equivalent) not found") from None
    return urandom(n)


def _entropy():
    """A number to begin with when the program gives none."""
    try:
        return int.from_bytes(urandom(4 * _N), "little")
    except NotImplementedError:
        # The clocks are all there is.
        import time
        return time.time_ns() << 64 ^ time.perf_counter_ns()


class Random:
    """Numbers from 0.0 to 1.0, and bits."""

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        Random.seed(self, *args[:1])
        return self

    def seed(self, n=None, /):
        """Start anew: from the system's entropy, an int or an object's hash."""
        if n is None:
            n = _entropy()
        elif isinstance(n, int):
            n = abs(n)
        else:
            n = hash(n) & 0xFFFFFFFFFFFFFFFF
        key = []
        while True:
            key.append(n & _FULL)
            n >>= 32
            if not n:
                break
        # A table from a fixed seed, into which the words of the key are then mixed.
        x = 19650218
        mt = [x]
        for i in range(1, _N):
            x = (1812433253 * (x ^ x >> 30) + i) & _FULL
            mt.append(x)
        i = 1
        j = 0
        x = mt[0]
        for _ in range(max(_N, len(key))):
            mt[i] = x = ((mt[i] ^ (x ^ x >> 30) * 1664525) + key[j] + j) & _FULL
            i += 1
            j += 1
            if i == _N:
                mt[0] = x
                i = 1
            if j == len(key):
                j = 0
        for _ in range(_N - 1):
            mt[i] = x = ((mt[i] ^ (x ^ x >> 30) * 1566083941) - i) & _FULL
            i += 1
            if i == _N:
                mt[0] = x
                i = 1
        mt[0] = 0x80000000
        self._mt = mt
        self._at = _N

    def _word(self):
        """The next 32 bits."""
        i = self._at
        if i >= _N:
            _twist(self._mt)
            i = 0
        self._at = i + 1
        y = self._mt[i]
        y ^= y >> 11
        y ^= y << 7 & 0x9D2C5680
        y ^= y << 15 & 0xEFC60000
        return y ^ y >> 18

    def random(self):
        """The next number, of 53 bits."""
        high = self._word() >> 5
        return (high * 67108864 + (self._word() >> 6)) / 9007199254740992

    def getrandbits(self, k, /):
        """The next number of k bits."""
        if not isinstance(k, int):
            if isinstance(k, float):
                raise TypeError("integer argument expected, got float")
            try:
                k = k.__index__()
            except AttributeError:
                raise TypeError(
                    f"an integer is required (got type {type(k).__name__})") from None
        if k <= 0:
            raise ValueError("number of bits must be greater than zero")
        if k <= 32:
            return self._word() >> 32 - k
        if k > 0x7FFFFFFF:
            raise OverflowError("Python int too large to convert to C int")
        words = []
        while k > 0:
            w = self._word()
            if k < 32:
                w >>= 32 - k
            words.append(w.to_bytes(4, "little"))
            k -= 32
        return int.from_bytes(b"".join(words), "little")

    def getstate(self):
        """The table and the place in it."""
        return (*self._mt, self._at)

    def setstate(self, state, /):
        """Go on where `getstate` was."""
        if not isinstance(state, tuple):
            raise TypeError("state vector must be a tuple")
        if len(state) != _N + 1:
            raise ValueError("state vector is the wrong size")
        for x in state[:_N]:
            if not isinstance(x, int):
                raise TypeError("an integer is required")
            if x < 0:
                raise OverflowError("can't convert negative value to unsigned int")
        at = int(state[_N])
        if not 0 <= at <= _N:
            raise ValueError("invalid state")
        self._mt = [x & _FULL for x in state[:_N]]
        self._at = at


def _twist(mt):
    """The next 624 words, in place."""
    for i in range(_N):
        y = mt[i] & 0x80000000 | mt[i + 1 - _N] & 0x7FFFFFFF
        mt[i] = mt[i + _M - _N] ^ y >> 1 ^ (0x9908B0DF if y & 1 else 0)


Random.__module__ = "_random"
