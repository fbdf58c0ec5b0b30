# A function that calls itself in a try, and whose native code leaves in `finally`: it returns nothing, but
# what its own calls return meets a constant there.
def tame(x):
    try:
        if -100 < x < 100:
            return 0.25
    except TypeError:
        return 5


count = 0


def deep(n):
    try:
        return 100 if n == 0 else deep(n - 1)
    finally:
        global count
        count = count + tame(n)


for n in range(150):
    deep(n % 8)
for n in (2.5, 10 ** 9, True, 300, 290):
    try:
        print(deep(n), count)
    except (RecursionError, TypeError) as e:
        print(type(e))
