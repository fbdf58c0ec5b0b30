# Random calls of bytes' methods, on short bytes of few letters, where the edges are.
state = 99


def rnd(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 18446744073709551616
    return (state >> 33) % n


LETTERS = b'ab \n\r,\t-+0A\xe9\xff\x80\xe2\x82\xac'


def text(most):
    return bytes([LETTERS[rnd(1 + rnd(len(LETTERS)))] for _ in range(rnd(most))])


def index():
    return [None, rnd(8), -rnd(8), rnd(100) - 50][rnd(4)]


def call(n):
    b, s, r = text(14), text(3), text(3)
    i, j = index(), index()
    if n < 5:
        f = [b.find, b.rfind, b.count, b.index, b.rindex][n]
        return f(s if rnd(4) else 97, i, j)
    if n < 7:
        return [b.startswith, b.endswith][n - 5]((s, r) if rnd(2) else s, i, j)
    if n < 9:
        return [b.split, b.rsplit][n - 7](s if rnd(2) else None, rnd(5) - 1)
    if n < 11:
        return [b.partition, b.rpartition][n - 9](s)
    if n < 14:
        return [b.strip, b.lstrip, b.rstrip][n - 11](s if rnd(2) else None)
    if n < 17:
        return [b.center, b.ljust, b.rjust][n - 14](rnd(20), b'*')
    if n == 17:
        return b.replace(s, r, rnd(5) - 1)
    if n == 18:
        return b.splitlines(rnd(2))
    if n == 19:
        return s.join(b.split(r or None))
    if n == 20:
        return b.translate(None if rnd(2) else bytes(range(255, -1, -1)), s)
    if n == 21:
        return b.decode('utf-8', ['strict', 'replace', 'ignore', 'backslashreplace', 'surrogateescape'][rnd(5)])
    if n == 22:
        return b.decode(['utf-16', 'utf-16-be', 'utf-32-le', 'ascii', 'latin-1'][rnd(5)], ['strict', 'replace', 'ignore'][rnd(3)])
    if n == 23:
        return b.hex('-', rnd(7) - 3), bytes.fromhex(b.hex()) == b
    if n == 24:
        return b.zfill(rnd(20)), b.expandtabs(rnd(9)), b.title(), b.swapcase(), b.capitalize()
    if n == 25:
        return b.isalnum(), b.isalpha(), b.isdigit(), b.isspace(), b.islower(), b.isupper(), b.istitle(), b.isascii()
    if n == 26:
        return b[i:j:(rnd(5) - 2) or None], b[i:j], s in b, s < b, b + s, b * rnd(3)
    if n == 27:
        k = int.from_bytes(b, 'little', signed=rnd(2) == 1)
        return k, k.to_bytes(15, 'big', signed=True)
    return b'%5s|%-4s|%r|%c' % (b, s, r, rnd(256))


def run(seed, steps):
    global state
    state = seed
    out = []
    for _ in range(steps):
        n = rnd(29)
        try:
            r = ascii(call(n))
        except Exception as e:
            r = type(e).__name__ + ': ' + ascii(str(e))
        out.append(r)
    return out


for seed in range(8):
    lines = run(seed, 120)
    print(seed, '\n'.join(lines))

print([b''.replace(b'', b'a', n) for n in (-1, 0, 1, 5)], ['' .replace('', 'a', n) for n in (-1, 0, 1, 5)])
