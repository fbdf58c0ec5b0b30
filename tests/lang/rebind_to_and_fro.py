# A name goes to and fro between functions: what runs is always what it names now, as that is now.
def first(n, k=1):
    return n if n < 2 else work(n - 1) + work(n - 2) + k - 1


def second(n, k=1):
    return n if n < 2 else work(n - 2) + work(n - 1) + 2 * k - 2


def loop(n):
    t = 0
    for i in range(n):
        t += work(i % 5)
    return t


for i in range(12):
    work = first
    a = work(9), loop(30)
    work = second
    print(i, a, work(9), loop(30))


# Meanwhile one of them has become another.
def changes(change, back):
    global work
    all = []
    for i in range(6):
        work = first
        all.append((work(7), loop(12)))
        work = second
        all.append((work(7), loop(12)))
        if i == 2:
            change()
        if i == 4:
            back()
    return all


def new_default(k):
    def change():
        first.__defaults__ = (k,)
    return change


print(changes(new_default(3), new_default(1)))
was = first.__code__


def new_code():
    first.__code__ = second.__code__


def old_code():
    first.__code__ = was


print(changes(new_code, old_code))


# To and fro while calls of both wait.
def flips(n):
    global work
    if n < 2:
        return n
    work = flops if n % 2 else flips
    return work(n - 1) + work(n - 2)


def flops(n):
    global work
    if n < 2:
        return 2 * n
    work = flips if n % 3 else flops
    return work(n - 2) + work(n - 1)


work = flips
print([flips(n) for n in range(14)], [flops(n) for n in range(14)])


# And back within one call.
def and_back(f, n):
    global work
    before, work = work, f
    r = f(n)
    work = before
    return r


def asks(n):
    return n if n < 2 else work(n - 1) + and_back(first if n % 2 else second, n - 2) + work(n - 2)


work = asks
print([asks(n) for n in range(11)])
for i in range(4):
    work = first
    print(work(6), and_back(second, 6), loop(7))
    del work
    try:
        first(5)
    except NameError as e:
        print(e)
