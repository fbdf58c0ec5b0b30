# itertools: what goes on for ever, what takes some items, what makes something of them.
from itertools import *

print(list(islice(count(3, 4), 4)), list(islice(count(0.5), 3)), count(7), count(7, 2), list(zip(count(), 'ab')))
print(list(repeat('x', 3)), repeat('x'), repeat('x', 2), ''.join(islice(cycle('abc'), 8)), list(cycle([])))
print(list(chain('ab', [1], (), range(2))), list(chain.from_iterable(['ab', 'c'])), list(accumulate([1, 2, 3, 4])))
print(list(accumulate('abc')), list(accumulate([2, 3, 4], lambda a, b: a * b)), list(accumulate([1, 2], initial=10)))
print(list(islice('abcdefg', 2)), list(islice('abcdefg', 2, None)), list(islice('abcdefg', 1, 6, 2)), list(islice([], 3)))
it = iter(range(10))
print(list(islice(it, 1, 7, 4)), list(it))
print(list(compress('abcdef', [1, 0, 1, 0, 1])), list(dropwhile(lambda x: x < 3, [1, 4, 2])))
print(list(takewhile(lambda x: x < 3, [1, 2, 5, 1])), list(filterfalse(None, [0, 1, '', 2])), list(filterfalse(str.isupper, 'aBc')))
print(list(starmap(pow, [(2, 3), (3, 2)])), list(zip_longest('abc', [1], fillvalue='-')), list(zip_longest()))
for key, group in groupby('aaabbcaa'):
    print(key, list(group), end='; ')
print([(k, [w for w in g]) for k, g in groupby(['a', 'b', 'cc', 'dd', 'e'], key=len)])
groups = [g for _, g in groupby('aab')]
print([list(g) for g in groups])
a, b = tee([1, 2, 3])
print(next(a), next(a), list(b), list(a), tee('x', 0), [list(t) for t in tee(range(2), 3)])


def endless():
    n = 0
    while True:
        yield n
        n += 1


def primes():
    seen = []
    for n in count(2):
        if all(n % p for p in takewhile(lambda p: p * p <= n, seen)):
            seen.append(n)
            yield n


print(list(islice(primes(), 12)), sum(takewhile(lambda x: x < 50, (x * x for x in endless()))))
for f in (lambda: count('a'), lambda: islice([], -1), lambda: islice([], 1, 2, 0), lambda: islice([], 'a'), lambda: repeat(1, 'x'),
          lambda: chain(5).__next__(), lambda: next(chain()), lambda: list(starmap(len, [5])), lambda: tee([], -1),
          lambda: zip_longest([], foo=1), lambda: accumulate(5), lambda: list(accumulate([1, 'a'])), lambda: chain.from_iterable(5)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
