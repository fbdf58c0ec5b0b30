# Hot generators whose values change type on the way: native code is left in the middle and made anew.
def acc(values):
    total = 0
    for v in values:
        total = total + v
        yield total


def mixed(n):
    for i in range(n):
        if i == 400:
            yield 0.5
        elif i == 700:
            yield 10 ** 20
        elif i == 900:
            yield True
        else:
            yield i


out = list(acc(mixed(1200)))
print(out[399:402], out[699:702], out[899:902], out[-1], len(out))


def maybe_unbound(n):
    for i in range(n):
        if i > 300:
            if i % 2:
                x = i
            else:
                del x
        try:
            yield x
        except UnboundLocalError:
            yield None


def unbound(n):
    for i in range(n):
        if i == 350:
            x = 'bound'
        if i == 360:
            del x
        if i == 380:
            try:
                x
            except UnboundLocalError as e:
                yield str(e)
        yield i


print([v for v in unbound(500) if isinstance(v, str)])
try:
    print(sum(1 for v in maybe_unbound(303)))
except UnboundLocalError as e:
    print(e)


# Several that are alive at once share the code.
its = [acc(iter([k] * 500 + ['s' if k == 2 else 1.5])) for k in range(4)]
last = [None] * 4
for _ in range(500):
    last = [next(it) for it in its]
print(last)
for it in its:
    try:
        print(next(it))
    except TypeError as e:
        print(e)


def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


f = fib()
for _ in range(400):
    v = next(f)
print(v)


def big(n):
    x = 1 << 40
    for i in range(n):
        yield x
        x += 1 << 41


print(max(big(1000)), sum(big(1000)))


def nested(n):
    for i in range(n):
        for j in range(i % 5):
            for k in range(3):
                if (i + j + k) % 4 == 0:
                    yield i * 100 + j * 10 + k


print(sum(nested(700)), len(list(nested(700))))


def cells(n):
    total = 0

    def add(x):
        nonlocal total
        total += x
    for i in range(n):
        add(i)
        yield total
        total += 1


print(list(cells(600))[-1])


def args(a, *rest, key=1, **kw):
    for i in range(300):
        yield a + i
    for r in rest:
        yield r
    yield key, sorted(kw)


print(list(args(1, 2, 3, key=5, z=1))[-3:])
