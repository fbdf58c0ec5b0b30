# a dict of what zip gives: lengths, order, errors in the middle, iterators that are looked at meanwhile
def told(f):
    try:
        return f()
    except Exception as e:
        return type(e).__name__, str(e)


def some(n, bad=None):
    for i in range(n):
        if i == bad:
            raise ValueError('at %d' % i)
        yield i


class Key:
    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 2

    def __eq__(self, other):
        return self.n == other.n

    def __repr__(self):
        return 'Key(%d)' % self.n


class Zip(zip):
    pass


class Pairs(zip):
    def __iter__(self):
        return iter([(1, 2), (3, 4)])


print(dict(zip('abc', (1, 2, 3))), dict(zip('abc', [1])), dict(zip((), 'abc')), dict(zip('a', ())))
print(dict(zip()), told(lambda: dict(zip('abc'))), told(lambda: dict(zip('ab', 'cd', 'ef'))))
print(told(lambda: dict(zip([1, [], 3], 'abc'))), told(lambda: dict(zip(some(5, 3), 'abcde'))))
print(told(lambda: dict(zip('abcde', some(5, 2)))), dict(zip('aab', 'xyz')), dict(zip([1, True, 1.0], 'abc')))
print(dict(zip([Key(1), Key(3), Key(1)], 'abc')), dict(Zip('ab', 'cd')), dict(Pairs('ab', 'cd')))
d = {'a': 0}
d.update(zip('ab', (1, 2)), c=3)
print(d)
first, second = iter('abcdef'), iter([1, 2, 3])
print(dict(zip(first, second)), next(first), next(second, 'end'))
z = zip('abcd', range(4))
print(next(z), dict(z), list(z), dict(z))
same = iter(range(7))
print(dict(zip(same, same)), list(same))
partly = {}
print(told(lambda: partly.update(zip('abc', some(3, 2)))), partly)
grows = [1, 2, 3]
print(dict(zip(grows, (len(grows) if x > 2 else grows.append(x + 10) for x in some(5)))), grows)
