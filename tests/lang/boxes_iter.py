# iterators, range, the functions that take and give them
def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e, e.args)
t(lambda: list(enumerate('ab')))
t(lambda: list(enumerate('ab', 5)))
t(lambda: list(enumerate('ab', start=10 ** 30)))
t(lambda: list(enumerate('ab', 2 ** 63 - 1)))
t(lambda: list(enumerate(iterable='ab', start=-1)))
t(lambda: enumerate())
t(lambda: enumerate(5))
t(lambda: enumerate('a', 'b'))
t(lambda: enumerate('a', 1, 2))
t(lambda: enumerate('a', foo=1))
t(lambda: list(zip()))
t(lambda: list(zip('abc')))
t(lambda: list(zip('abc', [1, 2])))
t(lambda: list(zip('abc', [1, 2, 3], (4, 5, 6))))
t(lambda: zip(5))
t(lambda: zip('a', 5))
t(lambda: zip(a=1))
t(lambda: list(map(str, [1, 2])))
t(lambda: list(map(lambda a, b: a + b, [1, 2], [10, 20, 30])))
t(lambda: list(map(lambda a, b, c: (a, b, c), 'ab', 'cd', 'ef')))
t(lambda: list(map(max, [1], [2], [3], [4], [5], [6], [7], [8], [9], [10])))
t(lambda: map(str))
t(lambda: map())
t(lambda: map(str, 5))
t(lambda: list(map(5, [1])))
t(lambda: list(map(5, [])))
t(lambda: list(map(None, [1])))
t(lambda: list(filter(None, [0, 1, '', 'a', None, []])))
t(lambda: list(filter(bool, [0, 1, '', 'a'])))
t(lambda: list(filter(lambda v: v > 1, [1, 2, 3])))
t(lambda: filter(None))
t(lambda: filter(None, 5))
t(lambda: list(reversed([1, 2, 3])))
t(lambda: list(reversed((1, 2, 3))))
t(lambda: list(reversed('abc')))
t(lambda: list(reversed(range(5))))
t(lambda: list(reversed(range(0))))
t(lambda: list(reversed(range(1, 10, 4))))
t(lambda: reversed(5))
t(lambda: reversed(iter([])))
t(lambda: reversed())
t(lambda: iter(5))
t(lambda: iter(5, 5))
t(lambda: iter())
t(lambda: next(5))
t(lambda: next([]))
t(lambda: next(iter([])))
t(lambda: next(iter([]), 'd'))
t(lambda: next(iter([1]), 'd'))
t(lambda: next())
it = iter([1, 2, 3])
print(next(it), it.__next__(), it.__length_hint__(), list(it), list(it), it.__length_hint__())
n = 0
def count():
    global n
    n += 1
    return n
t(lambda: list(iter(count, 4)))
def stop():
    raise StopIteration
t(lambda: list(iter(stop, 4)))
def fail():
    raise KeyError('x')
t(lambda: list(iter(fail, 4)))
t(lambda: list(map(lambda v: next(iter([])), [1, 2])))
a = [1, 2, 3]
out = []
for v in a:
    out.append(v)
    if v < 10:
        a.append(v + 10)
print(out)
a = [1, 2, 3, 4]
out = []
for v in a:
    out.append(v)
    a.remove(v)
print(out, a)
it = iter(a)
print(list(it))
a.append(9)
print(list(it))
r = reversed(a)
a.clear()
print(list(r))
# range
for args in [(5,), (0,), (-3,), (1, 5), (5, 1), (1, 10, 3), (10, 1, -3), (0, -10, -1), (1, 1), (10 ** 20,), (0, 10 ** 20, 10 ** 19), (2 ** 63 - 2, 2 ** 63), (-2 ** 63, 2 ** 63, 2 ** 62), (3, -10 ** 20, -10 ** 20)]:
    if len(args) == 1:
        r = range(args[0])
    elif len(args) == 2:
        r = range(args[0], args[1])
    else:
        r = range(args[0], args[1], args[2])
    print(r, r.start, r.stop, r.step, bool(r))
    try:
        print(len(r))
    except OverflowError as e:
        print(e)
    k = 0
    for v in r:
        if k == 3:
            break
        print(v, end=' ')
        k += 1
    for i in [0, 1, -1, 10 ** 20]:
        try:
            print(r[i], end=' ')
        except IndexError as e:
            print(e, end=' ')
    print(5 in r, 4 in r, 10 ** 19 in r, -1 in r, 2.0 in r, True in r)
t(lambda: range(10).index(3))
t(lambda: range(10).index(11))
t(lambda: range(10).index('a'))
t(lambda: range(0, 10, 2).index(3))
t(lambda: range(10).count(3))
t(lambda: range(10).count(3.5))
t(lambda: range(10).count('a'))
t(lambda: range(0) == range(5, 0))
t(lambda: range(0, 10, 3) == range(0, 12, 3))
t(lambda: range(0, 10, 3) == range(0, 11, 3))
t(lambda: range(3) == [0, 1, 2])
t(lambda: range(3) < range(4))
t(lambda: hash(range(3)) == hash(range(0, 3, 1)))
t(lambda: range())
t(lambda: range(1, 2, 3, 4))
t(lambda: range(1, 2, 0))
t(lambda: range('a'))
t(lambda: range(1.5))
t(lambda: range(1, None))
t(lambda: range(1, stop=2))
t(lambda: range(True))
t(lambda: range(5).start.foo)
t(lambda: range(5)['a'])
t(lambda: range(5)[1.0])
t(lambda: 'a' in range(5))
t(lambda: 3.0 in range(5))
# any all sum min max
t(lambda: any([0, '', 3]))
t(lambda: all([1, 'a', 0]))
t(lambda: any([]))
t(lambda: all([]))
t(lambda: any(5))
t(lambda: sum([1, 2, 3]))
t(lambda: sum([1, 2.5]))
t(lambda: sum([[1], [2]], []))
t(lambda: sum([1], start=10))
t(lambda: sum(range(100000)))
t(lambda: sum([2 ** 62, 2 ** 62, 2 ** 62]))
t(lambda: sum(['a']))
t(lambda: sum(['a'], ''))
t(lambda: sum(5))
t(lambda: sum())
t(lambda: sum([], 1, 2))
t(lambda: min(3, 1, 2))
t(lambda: max(3, 1, 2))
t(lambda: min([3, 1, 2]))
t(lambda: max('hello'))
t(lambda: min([]))
t(lambda: max([], default=0))
t(lambda: max([], default=None))
t(lambda: max(1, 2, default=3))
t(lambda: min(1, 2, key=lambda v: -v))
t(lambda: max(['aa', 'b'], key=len))
t(lambda: max([1, 2], key=None))
t(lambda: max([(1, 'x'), (1, 'y')], key=lambda p: p[0]))
t(lambda: min(1, 'a'))
t(lambda: max(5))
t(lambda: max())
t(lambda: max([1], foo=2))
t(lambda: max([1], key=5))
def unpack(v):
    a, b, c = v
    return c, b, a
t(lambda: unpack([1, 2, 3]))
t(lambda: unpack('abc'))
t(lambda: unpack({1: 1, 2: 2, 3: 3}))
t(lambda: unpack(range(3)))
t(lambda: unpack([1, 2]))
t(lambda: unpack((1, 2, 3, 4)))
t(lambda: unpack('ab'))
t(lambda: unpack(map(str, [1, 2, 3])))
t(lambda: unpack(iter([1])))
t(lambda: unpack(5))
t(lambda: unpack(None))
t(lambda: unpack(map(fail, [1])))
for v in ([], (), '', {}, range(1), iter([]), iter({}), iter(()), iter(''), iter(range(1)), {}.items(), iter({}.values()), enumerate([]), zip(), map(str, []), filter(None, []), reversed([]), reversed(()), reversed({}), iter(range(10 ** 30)), iter(count, 1)):
    print(type(v).__name__, type(iter(v)).__name__)
