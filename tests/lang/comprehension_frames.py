"""Comprehensions are functions of their own: what fails in one, or looks around from it, sees that."""
import sys


def look(depth):
    f = sys._getframe(depth)
    return f.f_code.co_name, sorted(k for k in f.f_locals if k[0] != '.')


def squares(n, k):
    return [i * k + n for i in range(n)]


def looking(n, k):
    return [look(1) + look(2) for i in range(n) if k]


def failing(items, k):
    try:
        return [k // i for i in items]
    except ZeroDivisionError as e:
        names, t = [], e.__traceback__
        while t is not None:
            names.append((t.tb_lineno, t.tb_frame.f_code.co_name))
            t = t.tb_next
        return names


def nested(n):
    return [[i * j + n for j in range(i)] for i in range(n)]


def kinds(n, k):
    return {i % k for i in range(n)}, {i: k for i in range(n)}, [f() for f in [lambda: i + k for i in range(n)]]


def no_iterator(k):
    try:
        return [i + k for i in k]
    except TypeError as e:
        return str(e)


class Odd:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return iter([self.n, look(1)])


def over(n, k):
    return [(k, x) for x in Odd(n)]


def main(n):
    seen = set()
    for i in range(n):
        seen.add(repr((squares(3, i % 5), nested(i % 4), kinds(3, 2 + i % 2), no_iterator(i % 3), over(i % 2, i % 3))))
        seen.add(repr(failing([1, 2, i % 3], 6)))
        if i % 40 == 0:
            seen.add(repr(looking(2, i + 1)))
        if i % 60 == 0:
            seen.add(repr(squares(2, 0.5 + i)))
    for s in sorted(seen):
        print(s)


main(300)
