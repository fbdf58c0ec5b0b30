# a function that stores to globals while it runs natively, and globals that vanish
n = 0
steps = []


def bump(k):
    global n
    n = n + k
    return n


def loop(k):
    global n
    for i in range(k):
        n += i
    return n


for i in range(300):
    bump(i)
print(n, loop(3000))
try:
    raise ValueError
except ValueError as n:
    pass
try:
    bump(1)
except NameError as e:
    print(e)
n = 5
print(bump(1), loop(10), n)
n = 2 ** 62
for i in range(5):
    bump(2 ** 61)
print(n)


def unbind(n):
    global g
    try:
        raise ValueError(n)
    except ValueError as g:
        k = 0
        for i in range(n):
            k += 1
    try:
        g
    except NameError as e:
        return k, str(e)


for j in range(4):
    print(unbind(j * 2000))
