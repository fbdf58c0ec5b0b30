# a list that changes while it is iterated
a = [1, 2, 3]
for x in a:
    if x < 10:
        a.append(x + 10)
print(a)
b = [1, 2, 3, 4, 5]
for x in b:
    b.remove(x)
print(b)
d = {1: 1}
try:
    for k in d:
        d[k + 1] = 1
except RuntimeError as e:
    print(e)
c = [1, 2, 3]
it = iter(c)
print(next(it))
c.clear()
try:
    next(it)
except StopIteration:
    print('stop')
c.append(1)
try:
    next(it)
except StopIteration:
    print('stays stopped')
