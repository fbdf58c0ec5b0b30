# for with else, break, continue over every iterable
def f(it, stop):
    for x in it:
        if x == stop:
            print('break at', x)
            break
        if not x:
            continue
        print(x)
    else:
        print('else')
f([1, 0, 2], 5)
f((1, 2, 3), 2)
f('abc', 'c')
f({'a': 1, 'b': 2}, 'z')
f(range(5), 3)
f(range(10, 0, -3), 99)
f([], 0)
for i in range(3):
    for j in range(3):
        if j == i:
            break
        print(i, j)
print(i, j)
