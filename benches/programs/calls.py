"""Calls of every shape in hot loops, with the plain call of the same work beside them."""
import timed


def f(a, b=2, c=3):
    return a + b * c


def plain(n):
    s = 0
    for i in range(n):
        s += f(i, 2, 3)
    return s


def keyword(n):
    s = 0
    for i in range(n):
        s += f(c=3, a=i, b=2)
    return s


def mixed(n):
    s = 0
    for i in range(n):
        s += f(i, c=3)
    return s


def defaulted(n):
    s = 0
    for i in range(n):
        s += f(i)
    return s


def only(a, *, b, c=3):
    return a + b * c


def keyword_only(n):
    s = 0
    for i in range(n):
        s += only(i, b=2)
    return s


def rest(*args):
    return args[0] + args[1] * args[2]


def star_parameter(n):
    s = 0
    for i in range(n):
        s += rest(i, 2, 3)
    return s


def star_argument(n):
    s = 0
    more = (2, 3)
    for i in range(n):
        s += f(i, *more)
    return s


def named(a, **kw):
    return a + kw['b'] * 3


def kw_parameter(n):
    s = 0
    for i in range(n):
        s += named(i, b=2)
    return s


def one(a):
    return a + 6


def plain_one(n):
    s = 0
    for i in range(n):
        s += one(i)
    return s


def make(k):
    def inner(a):
        return a + k
    return inner


def closure(n):
    g = make(6)
    s = 0
    for i in range(n):
        s += g(i)
    return s


def local_function(n):
    k = 6

    def g(a):
        return a + k
    s = 0
    for i in range(n):
        s += g(i)
    return s


def make_counter():
    count = 0

    def tick(a):
        nonlocal count
        count += a
        return count
    return tick


def counter(n):
    tick = make_counter()
    s = 0
    for i in range(n):
        s = tick(i + 6)
    return s


if __name__ == '__main__':
    timed.choose('calls', {w.__name__: (w, 3_000_000) for w in (
        plain, keyword, mixed, defaulted, keyword_only, star_parameter, star_argument, kw_parameter,
        plain_one, closure, local_function, counter)})
