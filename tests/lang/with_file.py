# `with` over a file, in functions that get hot: the file is closed however the block is left.
def first(n):
    with open(__file__) as f:
        if n:
            return f.readline(), f.closed
    return f.closed


print(first(1), first(0))
files = []


def use(i):
    with open(__file__) as f, open(__file__, 'rb') as g:
        files.append(f)
        files.append(g)
        if i % 3 == 0:
            raise ValueError(i)
        if i % 3 == 1:
            return i
    return -i


total = 0
for i in range(60):
    try:
        total += use(i)
    except ValueError as e:
        total += 1000
print(total, len(files), len([f for f in files if f.closed]))


def loop(n):
    for i in range(n):
        with open(__file__) as f:
            if i % 2:
                continue
            if i > n // 2:
                break
    return i, f.closed


print(loop(10), loop(100))


def nested():
    try:
        with open(__file__) as f:
            with open('/no/such/file') as g:
                print('never')
    except OSError as e:
        return type(e).__name__, f.closed


print(nested())
for bad in (5, None, 'text', [], print, ZeroDivisionError):
    try:
        with bad as b:
            print('never', b)
    except AttributeError as e:
        print(repr(e))
with open(__file__) as f:
    lines = [line for line in f]
print(len(lines) > 50, f.closed)
