# The views of a dict's keys and items are sets to the operators.
def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


d = {1: 'a', 2: 'b', 3: 'c'}
e = {3: 'c', 2: 'x', 7: 'z'}
k, i = d.keys(), d.items()
print(k | e.keys(), k & e.keys(), k - e.keys(), k ^ e.keys(), type(k & k).__name__)
print(k | [9, 8], [9, 8] | k, k & (1, 2), {1, 5} - k, k - {1}, frozenset([1]) | k, k ^ {1: 0})
print(sorted(i & e.items()), sorted(i - e.items()), i | set() == set(i), i ^ i)
print(k == {1, 2, 3}, {1, 2, 3} == k, k < {1, 2, 3, 4}, {1} < k, k >= {1}, k > k, k <= k, k != e.keys())
print(i == {(1, 'a'), (2, 'b'), (3, 'c')}, frozenset([1, 2, 3]) == k, k == [1, 2, 3], k == i)
print(k.isdisjoint([4]), k.isdisjoint(e), k.isdisjoint(k), {}.keys().isdisjoint({}), i.isdisjoint([(1, 'b')]))
big = dict.fromkeys(range(0, 100, 7))
print(big.keys() & range(0, 100, 3), big.keys() - set(range(50)), big.keys() ^ range(0, 90, 14))
show(lambda: k | 1)
show(lambda: 1 - k)
show(lambda: None ^ k)
show(lambda: k & [[]])
show(lambda: k < [1])
show(lambda: k < 1)
show(lambda: sorted(map(str, d.values() | k)))
show(lambda: d.values() | {1})
show(lambda: k + k)
show(lambda: k.isdisjoint(1))
show(lambda: k.isdisjoint([[]]))
show(lambda: hash(k))
show(lambda: k[0])
s = {1}
s |= k
print(s)
s &= e.keys()
print(s)
