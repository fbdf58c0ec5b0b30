# An exception that leaves native frames leaves the count of frames as it was.
zero = 0
def half():
    global zero
    zero = same(zero % zero)
def same(x):
    return x
def show(x):
    print(x)
def whole(a):
    half()
    return a
for j in range(6):
    try:
        show(whole(j))
    except ZeroDivisionError as e:
        show(repr(e))
def down(n):
    if n == 0:
        return 1 // zero
    return down(n - 1) + 1
caught = 0
for j in range(300):
    try:
        down(20)
    except ZeroDivisionError:
        caught += 1
show(caught)
def deep(n):
    return 0 if n == 0 else deep(n - 1) + 1
show(deep(900))
