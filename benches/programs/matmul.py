"""Matrices as lists of lists of floats: products in three ways, a transposition, a determinant."""
import timed


def made(n, seed):
    return [[((i * seed + j * 7) % 13 - 6) / 4.0 for j in range(n)] for i in range(n)]


def loops(a, b):
    n, m, p = len(a), len(b), len(b[0])
    c = [[0.0] * p for _ in range(n)]
    for i in range(n):
        for j in range(p):
            s = 0.0
            for k in range(m):
                s += a[i][k] * b[k][j]
            c[i][j] = s
    return c


def rows(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


def axpy(a, b):
    c = []
    for row in a:
        out = [0.0] * len(b[0])
        for x, other in zip(row, b):
            for j, y in enumerate(other):
                out[j] += x * y
        c.append(out)
    return c


def determinant(a):
    a = [row[:] for row in a]
    n = len(a)
    d = 1.0
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(a[r][i]))
        if a[pivot][i] == 0.0:
            return 0.0
        if pivot != i:
            a[i], a[pivot] = a[pivot], a[i]
            d = -d
        d *= a[i][i]
        for r in range(i + 1, n):
            f = a[r][i] / a[i][i]
            if f:
                for k in range(i, n):
                    a[r][k] -= f * a[i][k]
    return d


def work(n):
    a, b = made(n, 3), made(n, 5)
    c = loops(a, b)
    if not c == rows(a, b) == axpy(a, b):
        raise AssertionError('the products differ')
    for i in range(n):
        a[i][i] += 9.0
    return sum(map(sum, c)), '%.6e' % determinant(a)


if __name__ == '__main__':
    timed.main('matmul', work, 90)
