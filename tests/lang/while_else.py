# while with else, break and continue
def f(n, stop):
    i = 0
    while i < n:
        i += 1
        if i == 2:
            continue
        if i == stop:
            break
        print(i)
    else:
        print('else')
    return i
print(f(4, 9), f(4, 3), f(0, 0))
i = 5
while i:
    i -= 1
    j = i
    while j:
        j -= 1
        if j == 1:
            break
    else:
        continue
    print(i, j)
while False:
    print('never')
else:
    print('at once')
