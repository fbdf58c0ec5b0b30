# itertools: products, permutations, combinations, and how many there are.
from itertools import combinations, combinations_with_replacement, permutations, product, islice

print(list(product('ab', [1, 2])), list(product([0, 1], repeat=2)), list(product()), list(product('ab', [])))
print(list(permutations('abc')), list(permutations([1, 2, 3], 2)), list(permutations('ab', 3)), list(permutations([], 0)))
print(list(combinations('abcd', 2)), list(combinations([1, 2], 0)), list(combinations([1], 2)))
print(list(combinations_with_replacement('ab', 3)), list(combinations_with_replacement([], 2)), list(combinations_with_replacement('x', 0)))


def factorial(n):
    return n * factorial(n - 1) if n else 1


for n in range(6):
    for r in range(n + 1):
        c = list(combinations(range(n), r))
        p = list(permutations(range(n), r))
        assert len(c) == factorial(n) // factorial(r) // factorial(n - r)
        assert len(p) == factorial(n) // factorial(n - r)
        assert c == sorted(set(c)) and p == sorted(set(p))
        assert c == [t for t in p if list(t) == sorted(t)]
        if n:
            assert list(combinations_with_replacement(range(n), r)) == [
                t for t in product(range(n), repeat=r) if list(t) == sorted(t)]


def queens(n):
    for rows in permutations(range(n)):
        if len({r + c for c, r in enumerate(rows)}) == n == len({r - c for c, r in enumerate(rows)}):
            yield rows


print(list(queens(5))[:3], next(queens(6)), len(list(queens(5))))
for send, more, money in islice(((s, m, s + m) for s, m in product(range(90, 99), repeat=2) if str(s + m) == str(s + m)[::-1]), 4):
    print(send, more, money)
for f in (lambda: combinations([], -1), lambda: permutations([], -1), lambda: permutations([], 'a'), lambda: product([], repeat=-1),
          lambda: product(5), lambda: combinations(5, 1), lambda: product([], foo=1), lambda: combinations([], 'x')):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
