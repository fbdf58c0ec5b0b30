"""SHA-512, by which `random.seed` makes numbers of strings."""

_FULL = 0xFFFFFFFFFFFFFFFF


def _root(n, k):
    """The k-th root of n, rounded down."""
    x = 1 << -(-n.bit_length() // k)
    while True:
        y = ((k - 1) * x + n // x ** (k - 1)) // k
        if y >= x:
            return x
        x = y


def _constants():
    """The first 64 bits of the fractions of the cube roots of the first 80 primes, and of the square
    roots of the first 8."""
    primes = []
    n = 2
    while len(primes) < 80:
        if all(n % p for p in primes):
            primes.append(n)
        n += 1
    cubes = [_root(p << 192, 3) & _FULL for p in primes]
    squares = [_root(p << 128, 2) & _FULL for p in primes[:8]]
    return cubes, squares


_K, _START = _constants()


def digest(data):
    """The 64 bytes of the hash."""
    size = len(data)
    data = bytes(data) + b"\x80" + bytes((111 - size) % 128) + (8 * size).to_bytes(16, "big")
    state = _START
    for at in range(0, len(data), 128):
        w = [int.from_bytes(data[i:i + 8], "big") for i in range(at, at + 128, 8)]
        for i in range(16, 80):
            x = w[i - 15]
            y = w[i - 2]
            # Rotations: the number is put beside itself and shifted.
            xx = x << 64 | x
            yy = y << 64 | y
            w.append((w[i - 16] + w[i - 7] + ((xx >> 1 ^ xx >> 8) & _FULL ^ x >> 7)
                      + ((yy >> 19 ^ yy >> 61) & _FULL ^ y >> 6)) & _FULL)
        a, b, c, d, e, f, g, h = state
        for k, x in zip(_K, w):
            ee = e << 64 | e
            t = (h + ((ee >> 14 ^ ee >> 18 ^ ee >> 41) & _FULL) + (g ^ e & (f ^ g)) + k + x)
            aa = a << 64 | a
            u = ((aa >> 28 ^ aa >> 34 ^ aa >> 39) & _FULL) + (a & b | c & (a | b))
            h, g, f, e, d, c, b, a = g, f, e, (d + t) & _FULL, c, b, a, (t + u) & _FULL
        state = [(x + y) & _FULL for x, y in zip(state, (a, b, c, d, e, f, g, h))]
    return b"".join([x.to_bytes(8, "big") for x in state])
