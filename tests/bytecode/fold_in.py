a = x in [1, 2]
b = x not in [1, 2, y]
c = x in (1, 2)
d = x in []
e = x in [1, [2]]
f = x < [1] in [2]
g = x in [1] < [2]
h = x == [1, 2]
for i in [1, 2, 3]: pass
for i in [1, 2, z]: pass
for i in [[1], [2]]: pass
