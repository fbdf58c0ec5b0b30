# Hot generators entered from hot code: many at once, started anew, ended early, replaced, looked at, out of order.
import sys
import gc


def count(n):
    for i in range(n):
        yield i


def pairs(n):
    for i in count(n):
        for j in count(i):
            yield i, j


def main(n):
    t = 0
    for a, b in pairs(n):
        t += a * b
    return t


print([main(30) for _ in range(3)])


def drain(it):
    n = 0
    for x in it:
        n += x
    return n


# The same loop over generators of different code, over coroutines' kin and over what is none.
class It:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        self.n -= 1
        if self.n < 0:
            raise StopIteration
        return self.n


kinds = [
    lambda: count(250),
    lambda: (x * 2 for x in range(200)),
    lambda: [1, 2, 3],
    lambda: It(100),
    lambda: range(50),
    lambda: (y for y in (x for x in count(100))),
    lambda: {1: 2, 3: 4},
]
for _ in range(3):
    print([drain(k()) for k in kinds])


# A generator that is already running is found out in a hot loop, too.
def selfish():
    i = 0
    while True:
        i += 1
        if i == 400:
            try:
                for x in me:
                    yield 'never'
            except ValueError as e:
                yield str(e)
                return
        yield i


me = selfish()


def watch():
    last = None
    for x in me:
        last = x
    return last


print(watch())


# Somebody looks at the frames while generators run in native code.
def looker(n):
    for i in range(n):
        if i % 150 == 149:
            f = sys._getframe()
            names = []
            while f:
                names.append((f.f_code.co_name, sorted(k for k in f.f_locals if len(k) < 4)))
                f = f.f_back
            yield names
        yield i


def through(n):
    k = 0
    for x in looker(n):
        k += 1
        yield x


def top(n):
    out = []
    cnt = 0
    for x in through(n):
        cnt += 1
        if isinstance(x, list):
            out.append((x[:3], cnt))
    return out, cnt


print(top(450))


# Exceptions out of a generator into a native loop that handles them, again and again.
def fails(n):
    for i in range(n):
        yield i
    raise LookupError(n)


def catches(n):
    got = 0
    for k in range(n):
        try:
            for x in fails(k % 7):
                got += x
        except LookupError as e:
            got += e.args[0] * 100
    return got


print(catches(250))


def tb(n):
    try:
        for x in fails(n):
            pass
    except LookupError as e:
        t, out = e.__traceback__, []
        while t:
            out.append((t.tb_frame.f_code.co_name, t.tb_lineno, t.tb_lasti > 0))
            t = t.tb_next
        return out


for _ in range(250):
    r = tb(3)
print(r)


# What is handled outside is seen inside, however the generator is entered.
def sees(n):
    for i in range(n):
        yield sys.exc_info()[0]


def handled(n):
    seen = set()
    it = sees(10 ** 6)
    for k in range(n):
        try:
            raise (KeyError if k % 2 else ValueError)
        except (KeyError, ValueError):
            for x in it:
                seen.add(x.__name__)
                break
        for x in it:
            seen.add(x)
            break
    return sorted(map(str, seen))


print(handled(300))


# Collected while suspended and while running.
class Cell:
    pass


def holds(n):
    c = Cell()
    c.me = c
    for i in range(n):
        c.i = [i]
        if i % 250 == 0:
            gc.collect()
        yield c.i


def keeps(n):
    s = 0
    for x in holds(n):
        s += x[0]
    return s


print(keeps(501))

# Limits: the depth is exact, however deep the generators lie.
def deep(n):
    if n:
        for x in deep(n - 1):
            yield x
    else:
        for i in range(30):
            yield i


print(sum(deep(20)))
old = sys.getrecursionlimit()
for d in (50, 53, 54, 55, 56, 57, 58, 60):
    sys.setrecursionlimit(60)
    try:
        r = sum(1 for _ in deep(d))
    except RecursionError as e:
        r = str(e)
    sys.setrecursionlimit(old)
    print(d, r)


# A trace function set in the middle sees what follows.
events = []


def tracer(frame, event, arg):
    if frame.f_code.co_name == 'traced':
        events.append((event, frame.f_lineno))
        return tracer


def traced(n):
    for i in range(n):
        if i == 300:
            sys.settrace(tracer)
        if i == 303:
            sys.settrace(None)
        yield i


def run_traced():
    n = 0
    for x in traced(350):
        n += x
    return n


print(run_traced(), events)
