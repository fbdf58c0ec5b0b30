"""Exceptions as control flow: raised deep, caught by class, turned into others, with `finally` and `with`."""
import timed


class Problem(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Minor(Problem):
    pass


class Major(Problem):
    pass


class Guard:
    def __init__(self, log):
        self.log = log

    def __enter__(self):
        self.log[0] += 1
        return self

    def __exit__(self, kind, value, traceback):
        self.log[1] += 1
        return kind is not None and issubclass(kind, Minor)


def check(i):
    if i % 7 == 0:
        raise Major(i)
    if i % 3 == 0:
        raise Minor(i)
    return i


def deep(i, depth):
    if depth == 0:
        return check(i)
    try:
        return deep(i, depth - 1)
    finally:
        if depth == 2:
            i += 1


def parse(text):
    try:
        return int(text)
    except ValueError:
        return -1


def lookup(table, key):
    try:
        return table[key]
    except KeyError:
        table[key] = key * 2
        return 0


def work(n):
    total = 0
    log = [0, 0]
    table = {}
    texts = ['12', 'x', '7', '', '99']
    for i in range(n):
        try:
            total += deep(i, 3)
        except Minor as e:
            total -= e.code
        except Problem as e:
            total += e.code % 5
        else:
            total += 1
        try:
            with Guard(log):
                check(i * 5)
                total += 2
        except Major:
            total += 3
        if i % 2:
            try:
                try:
                    check(i)
                except Minor as e:
                    raise LookupError(i) from e
            except (LookupError, Major) as e:
                total += len(e.args)
        total += parse(texts[i % 5]) + lookup(table, i % 1000)
        try:
            for k in iter([1, 2, 3].pop, 1):
                total += k
        except IndexError:
            total -= 1
    return total, log


if __name__ == '__main__':
    timed.main('exceptions', work, 40_000)
