"""The spectral norm of an infinite matrix's corner by power iteration: small calls on ints and floats."""
import timed


def cell(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v):
    return [sum(cell(i, j) * x for j, x in enumerate(v)) for i in range(len(v))]


def transposed_times(v):
    return [sum([cell(j, i) * x for j, x in enumerate(v)]) for i in range(len(v))]


def work(n):
    u = [1.0] * n
    v = u
    for _ in range(4):
        v = transposed_times(times(u))
        u = transposed_times(times(v))
    vbv = sum(a * b for a, b in zip(u, v))
    vv = sum(b * b for b in v)
    return '%.9f' % (vbv / vv) ** 0.5


if __name__ == '__main__':
    timed.main('spectral_norm', work, 180)
