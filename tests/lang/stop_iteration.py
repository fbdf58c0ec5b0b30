# next and iter on every iterable, StopIteration's way out
for it in (iter([1, 2]), iter('ab'), iter((1, 2)), iter({'k': 1}), iter(range(2)), iter(zip([1], [2])), iter(map(str, [1, 2])), iter(enumerate(['e']))):
    out = []
    while True:
        try:
            out.append(next(it))
        except StopIteration as s:
            out.append(repr(s))
            break
    print(out, next(it, 'default'), iter(it) is it)
def src():
    n = 0
    def f():
        nonlocal n
        n += 1
        return n
    return f
print(list(iter(src(), 4)))
next(iter([]))
