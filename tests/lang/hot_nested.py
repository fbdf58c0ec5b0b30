# nested hot loops with several variables live across them
def mandel(w, h, limit):
    rows = []
    for y in range(h):
        row = ''
        ci = y * 2.0 / h - 1.0
        for x in range(w):
            cr = x * 3.0 / w - 2.0
            zr = zi = 0.0
            n = 0
            while n < limit and zr * zr + zi * zi < 4.0:
                zr, zi = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci
                n += 1
            row += ' .:-=+*#%@'[n * 9 // limit]
        rows.append(row)
    return rows
for r in mandel(60, 20, 30):
    print(r)
def collatz(limit):
    best = 0
    arg = 0
    for i in range(1, limit):
        n = i
        steps = 0
        while n != 1:
            if n % 2 == 0:
                n = n // 2
            else:
                n = 3 * n + 1
            steps += 1
        if steps > best:
            best = steps
            arg = i
    return arg, best
print(collatz(2000))
def matmul(a, b, n):
    c = []
    for i in range(n):
        row = []
        for j in range(n):
            s = 0
            for k in range(n):
                s += a[i][k] * b[k][j]
            row.append(s)
        c.append(row)
    return c
print(matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]], 2))
