"""A function that compiled code calls by its global name is rebound while that code waits in a call: by what it
calls, by what that calls, by other modules' ways, and back again; and functions change in place."""
import sys

def one(n):
    return n + 1


def two(n):
    return n * 1000


def three(n):
    return -n


real_one = one


# 1. By a callee that is compiled, or not, at various depths.
def rebind(f):
    global one
    one = f


def maybe(i, at, f):
    if i == at:
        rebind(f)
    return i


def direct(n, at, f):
    total = 0
    for i in range(n):
        total += one(i)
        maybe(i, at, f)
        total += one(i)
    return total


def through_dict(i, at, f):
    if i == at:
        globals()['one'] = f


def by_dict(n, at, f):
    total = 0
    for i in range(n):
        a = one(i)
        through_dict(i, at, f)
        total += a + one(i)
    return total


def through_exec(i, at, name):
    if i == at:
        exec('one = ' + name, globals())


def by_exec(n, at, name):
    total = 0
    for i in range(n):
        a = one(i)
        through_exec(i, at, name)
        total += a + one(i)
    return total


def through_module(i, at, f):
    if i == at:
        setattr(sys.modules[__name__], 'one', f)


def by_module(n, at, f):
    total = 0
    for i in range(n):
        a = one(i)
        through_module(i, at, f)
        total += a + one(i)
    return total


def update(i, at, f):
    if i == at:
        globals().update(one=f)


def by_update(n, at, f):
    total = 0
    for i in range(n):
        a = one(i)
        update(i, at, f)
        total += a + one(i)
    return total


for round_ in range(3):
    for which in (direct, by_dict, by_module, by_update):
        one = real_one
        print(which.__name__, which(300, 9999, two), which(300, 150, two), which(50, 49, three), which(20, 0, one))
    one = real_one
    print('exec', by_exec(300, 9999, 'two'), by_exec(300, 100, 'two'), by_exec(300, 200, 'three'))
one = real_one


# 2. Deleted, and put back.
def delete(i, at):
    if i == at:
        del globals()['one']


def by_delete(n, at):
    total = 0
    try:
        for i in range(n):
            a = one(i)
            delete(i, at)
            total += a + one(i)
    except NameError as e:
        return total, str(e)
    return total


for at in (9999, 250, 3):
    one = real_one
    print('delete', by_delete(400, at))
one = real_one


# 3. The function changes in place.
def taken(n):
    return n + 3


def other(n):
    return n * 7


def defaulted(n, k=5):
    return n + k


def change(i, at, what):
    if i == at:
        if what == 'code':
            taken.__code__ = other.__code__
        elif what == 'defaults':
            defaulted.__defaults__ = (100,)
        elif what == 'none':
            defaulted.__defaults__ = None


def in_place(n, at, what):
    total = 0
    try:
        for i in range(n):
            a = taken(i) + defaulted(i)
            change(i, at, what)
            total += a + taken(i) + defaulted(i)
    except TypeError as e:
        return total, str(e)
    return total


plain = taken.__code__
for at, what in ((9999, 'code'), (200, 'code'), (9999, 'code'), (100, 'defaults'), (77, 'none'), (9999, 'none')):
    print('in place', at, what, in_place(300, at, what))
taken.__code__ = plain
defaulted.__defaults__ = (5,)
print('in place', in_place(300, 150, 'code'))


# 4. Recursion: rebound far down; the frames above see it when they go on.
def fib(n):
    if n == down:
        switch()
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def fib2(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2) + 1


real_fib = fib
down = -1
times = 0


def switch():
    global fib, times
    times += 1
    if times == 5:
        fib = fib2
    elif times == 9:
        fib = real_fib


for down in (-1, 0, 1, 2, 7, 3, 5, 1):
    times = 0
    fib = real_fib
    print('fib', down, fib(17), times, fib is real_fib, fib(12))


# 5. What raises rebinds, too; the handler calls.
def boom(i, at):
    global one
    if i == at:
        one = two
    raise ValueError(i)


def handled(n, at):
    total = 0
    for i in range(n):
        total += one(i)
        try:
            boom(i, at)
        except ValueError as e:
            total += one(e.args[0])
        finally:
            total += one(1)
    return total


for at in (9999, 200, 0, 9999):
    one = real_one
    print('handled', handled(300, at))


def deep(n, at):
    if n == 0:
        boom(0, at)
    return one(n) + deep(n - 1, at)


def caught_deep(n, at):
    total = 0
    for i in range(n):
        try:
            deep(i % 7, 0 if i == at else -1)
        except ValueError:
            total += one(i)
        total += one(2)
    return total


for at in (9999, 120, 0, 9999):
    one = real_one
    print('deep', caught_deep(250, at))
one = real_one


# 6. Special methods, keys of sorts, iterators and generators that rebind.
class Odd:
    def __init__(self, at):
        self.at = at
        self.n = 0

    def tick(self):
        global one
        self.n += 1
        if self.n == self.at:
            one = two

    def __add__(self, other):
        self.tick()
        return other

    def __lt__(self, other):
        self.tick()
        return True

    def __bool__(self):
        self.tick()
        return False

    def __getitem__(self, k):
        self.tick()
        return k

    def __contains__(self, k):
        self.tick()
        return True

    def __getattr__(self, name):
        self.tick()
        return 4

    def __iter__(self):
        self.tick()
        return iter((1, 2))

    def __call__(self, k):
        self.tick()
        return k


def special(n, o):
    total = 0
    for i in range(n):
        total += one(o + i)
        if o < i:
            total += one(3)
        if not o:
            total += one(4)
        total += one(o[i])
        if i in o:
            total += one(5)
        total += one(o.some)
        a, b = o
        total += one(a) + one(b)
        total += one(o(i))
        for x in o:
            total += one(x)
    return total


for at in (0, 800, 801, 802, 803, 804, 805, 806, 807, 808, 809, 1):
    one = real_one
    print('special', at, special(150, Odd(at)))


def gen(n, at):
    global one
    for i in range(n):
        if i == at:
            one = two
        yield i


def inner(n, at):
    total = 0
    for i in gen(n, at):
        total += one(i)
    return total


def delegating(n, at):
    yield one(0)
    yield from gen(n, at)
    yield one(1)


def consume(n, at):
    total = 0
    for i in delegating(n, at):
        total += one(i)
    return total


def resumed(n, at):
    """Its own frame waits while others rebind."""
    for i in range(n):
        a = one(i)
        yield a
        yield one(i)


def between(n, at):
    total = 0
    for i, x in enumerate(resumed(n, at)):
        total += x
        maybe(i, at, two)
    return total


for at in (9999, 150, 0, 299, 9999):
    for which in (inner, consume, between):
        one = real_one
        print(which.__name__, at, which(300, at))
one = real_one


# 7. Stored by the loop itself, inlined or not.
def store(f):
    global one
    one = f
    return f


def own_store(n, at):
    global one
    total = 0
    for i in range(n):
        total += one(i)
        if i % 50 == at:
            one = two if one is real_one else real_one
        total += one(i)
    return total


def inlined_store(n, at):
    total = 0
    for i in range(n):
        total += one(i)
        if i % 50 == at:
            store(two if one is real_one else real_one)
        total += one(i)
    return total


for at in (9999, 25, 0, 49):
    for which in (own_store, inlined_store):
        one = real_one
        print(which.__name__, at, which(400, at))
one = real_one


# 8. Back and forth, so that the old value is there again when the caller goes on.
def there_and_back(i, at):
    if i == at:
        rebind(two)
        x = one(1)
        rebind(real_one)
        return x
    return 0


def unseen(n, at):
    total = 0
    for i in range(n):
        total += one(i) + there_and_back(i, at) + one(i)
    return total


for at in (9999, 150, 151, 0):
    print('unseen', unseen(300, at))
print('after', direct(100, 50, two), one(1))
one = real_one


# 9. A name that shadows a builtin appears.
def shadow(i, at):
    if i == at:
        globals()['len'] = one


def by_builtin(n, at):
    total = 0
    for i in range(n):
        total += len((1, 2)) if len is not one else one(6)
        shadow(i, at)
        total += len((1, 2)) if len is not one else one(7)
    return total


print('shadow', by_builtin(300, 9999), by_builtin(300, 200))
del len
print('shadow', by_builtin(300, 9999))


# 10. Mutual recursion, each rebound by the other's leaf.
def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return leaf() if n == 0 else even(n - 1)


def never(n):
    return 'never'


leaves = 0


def leaf():
    global leaves, even
    leaves += 1
    if leaves == 150:
        even = never
    return False


def all_of(n):
    return [even(i % 40) for i in range(n)].count('never')


print('mutual', all_of(700), leaves, even.__name__)
