"""Functions that make functions: composed, curried, decorated, mapped, filtered and folded."""
import timed
from functools import partial, reduce


def compose(*functions):
    def composed(x):
        for f in functions:
            x = f(x)
        return x
    return composed


def adder(k):
    return lambda x: x + k


def counted(f):
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return f(*args, **kwargs)
    wrapper.calls = 0
    return wrapper


@counted
def scaled(x, by=2):
    return x * by


def accumulator():
    total = 0

    def add(x):
        nonlocal total
        total += x
        return total
    return add


def church(n):
    return lambda f: lambda x: reduce(lambda y, _: f(y), range(n), x)


def work(n):
    f = compose(adder(3), lambda x: x * x, partial(max, 5), lambda x: x % 1009, adder(-1))
    scaled.calls = 0
    mapped = map(f, range(n))
    kept = filter(lambda x: x % 3, mapped)
    folded = reduce(lambda a, b: (a * 31 + b) % 1000003, kept, 1)
    total = accumulator()
    for i in range(n):
        total(scaled(i))
        total(scaled(i, by=3))
    table = {'+': lambda a, b: a + b, '-': lambda a, b: a - b, '*': lambda a, b: a * b % 997}
    value = 1
    for i in range(n):
        value = table['+-*'[i % 3]](value, i)
    powers = [church(k)(adder(k))(0) for k in range(n // 2000)]
    best = max(range(n), key=lambda i: (i * 7919) % 10007)
    return folded, total(0), scaled.calls, value, sum(powers), best


if __name__ == '__main__':
    timed.main('pipeline', work, 60_000)
