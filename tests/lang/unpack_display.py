# Stars in displays, and what they do with what cannot be unpacked.
a, b, d = [1, 2], (3, 4), {'x': 1}
print([*a], [*a, *b], [0, *a, 9, *b, 10], (*a,), (*a, *b), (0, *a), {*a}, sorted({*a, *b, 2, 7}))
print({**d}, {**d, 'y': 2}, {'x': 0, **d}, {**d, 'x': 5}, {**{}, **{}}, {**d, **{'z': 1}, 'w': 2})
print([*'ab', *range(2), *d, *{5}], (*[],), [*()], {**{1: 2}, 3: 4})
t = *a, *b
print(t, *a)
for x in (*a, 5):
    print(x, end=' ')
print()
for c in (
    lambda: [*1],
    lambda: (*None,),
    lambda: {*1},
    lambda: {*[[]]},
    lambda: {**1},
    lambda: {**[]},
    lambda: {**{1: 2}, **None},
    lambda: [*[1], *2.5],
    lambda: {[]: 1},
    lambda: {**{'a': 1}, []: 1},
):
    try:
        print(c())
    except TypeError as e:
        print(e)
# A list that grows while it is unpacked into itself.
l = [1, 2]
l = [*l, *l, l.append(3), *l]
print(l)
