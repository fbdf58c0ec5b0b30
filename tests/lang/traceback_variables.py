# Frames that only a traceback holds show the variables and the line of the end, however they went on natively:
# after a bare raise from within a handler that the interpreter entered, in loops and in generators that go on.
N = 150


def looped(n):
    try:
        1 / 0
    except ZeroDivisionError:
        x = 0
        for i in range(n):
            x += i
            try:
                if i == n - 1:
                    raise
            finally:
                x += 1000


def raising():
    try:
        1 / 0
    except ZeroDivisionError:
        x = 0
        while True:
            r = yield x
            x += 1
            if r:
                x += 1000
                raise


kept = []


def run(make, n):
    it = make()
    it.send(None)
    for i in range(n):
        it.send(0)
    try:
        it.send(1)
    except ZeroDivisionError as e:
        kept.append(e)


def state(e):
    t = e.__traceback__.tb_next
    return t.tb_frame.f_locals['x'], t.tb_frame.f_lineno, t.tb_lineno


for k in range(N):
    try:
        looped(100 + k)
    except ZeroDivisionError as e:
        kept.append(e)
print({(x - (100 + k) * (99 + k) // 2 - 1000 * (100 + k), *lines)
       for k, (x, *lines) in enumerate(map(state, kept))})
kept = []
for k in range(4 * N):
    run(raising, 3 + k % 20)
print({(x - 3 - k % 20, *lines) for k, (x, *lines) in enumerate(map(state, kept))})
