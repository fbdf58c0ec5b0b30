a = [*b, 1, *c]
a = (*b,)
a = {*b, 1}
a = {**b, 1: 2, **c}
a = {**b}
a, *b = c
*a, b, c = d
[a, *b, c] = d
for a, *b in c: d
