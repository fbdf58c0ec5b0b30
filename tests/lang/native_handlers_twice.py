# handlers whose ends have run before, when the loop in them gets hot
for j in range(3):
    try:
        raise IndexError(j)
    except IndexError as e:
        total = 0
        for i in range(4000):
            total += i
        print(total, e)


def f(j):
    try:
        raise ValueError(j)
    finally:
        k = 0
        for i in range(4000):
            k += 1


for j in range(3):
    try:
        f(j)
    except ValueError as e:
        print('caught', e)
