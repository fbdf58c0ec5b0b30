# RecursionError comes at one depth, whatever form the calls have.
import sys

deepest = 0

def plain(n):
    global deepest
    deepest = n
    return plain(n + 1)

def keyword(n):
    global deepest
    deepest = n
    return keyword(n=n + 1)

def defaults(n, a=1, b=2):
    global deepest
    deepest = n
    return defaults(n + 1, b=3)

def all_defaults(n=1):
    global deepest
    deepest = n
    if n % 2:
        return all_defaults(n + 1)
    return all_defaults(n=n + 1)

def star(*args):
    global deepest
    deepest = args[0]
    return star(args[0] + 1)

def double_star(**kw):
    global deepest
    deepest = kw['n']
    return double_star(n=kw['n'] + 1)

def spread(n, *rest):
    global deepest
    deepest = n
    return spread(*[n + 1, 2])

def spread_names(n, k=None):
    global deepest
    deepest = n
    return spread_names(**{'n': n + 1})

def only(n, *, k=1):
    global deepest
    deepest = n
    return only(n + 1, k=n)

def ping(n):
    global deepest
    deepest = n
    return pong(n + 1)

def pong(n):
    global deepest
    deepest = n
    return ping(n + 1)

def inner(n):
    global deepest
    deepest = n
    def g(m):
        return inner(m) + n
    return g(n + 1)

def by_map(n):
    global deepest
    deepest = n
    return list(map(by_map, [n + 1]))

def by_sorted(n):
    global deepest
    deepest = n
    return sorted([n + 1], key=by_sorted)

def by_max(n):
    global deepest
    deepest = n
    return max([n + 1, 0], key=by_max)

def by_method(n):
    global deepest
    deepest = n
    return [n + 1].sort(key=by_method)

lam = lambda n: note(n) and lam(n + 1)

def note(n):
    global deepest
    deepest = n
    return True

def with_try(n):
    global deepest
    deepest = n
    try:
        return with_try(n + 1)
    except ZeroDivisionError:
        return 0

def in_loop(n):
    global deepest
    deepest = n
    for i in range(2):
        in_loop(n + 1)

def mixed(n):
    global deepest
    deepest = n
    if n % 3 == 0:
        return mixed(n + 1)
    if n % 3 == 1:
        return list(map(mixed, (n + 1,)))
    return mixed(n=n + 1)

FORMS = [plain, keyword, defaults, all_defaults, star, spread, spread_names, only, ping,
    inner, by_map, by_sorted, by_max, by_method, lam, with_try, in_loop, mixed]

def measure(f):
    try:
        f(1)
    except RecursionError as e:
        return deepest, str(e)

for limit in (200, 350, 1000):
    sys.setrecursionlimit(limit)
    for f in FORMS:
        print(limit, f.__name__, measure(f), measure(f))
    try:
        double_star(n=1)
    except RecursionError as e:
        print(deepest, str(e))

def probe(n):
    if n == 0:
        return measure(plain)
    return probe(n - 1)

sys.setrecursionlimit(300)
for n in range(0, 100, 9):
    print(probe(n))
