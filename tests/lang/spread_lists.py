# f(*list): the arguments are those of the moment, however long the list is
def all_of(*args):
    return args


def two(a, b=0):
    return a - b


def keeps(l, *args):
    l.clear()
    return args


class Items(list):
    def __iter__(self):
        return iter('own')


def main(n):
    out = []
    for size in (0, 1, 2, 5, 255, 256, 257, 1000):
        l = list(range(size))
        for i in range(n):
            r = all_of(*l)
        out.append((len(r), sum(r), r is all_of(*l)))
    for i in range(n):
        l = [i, 1]
        x = two(*l), all_of(*Items([1, 2])), all_of(0, *l, *l), max(*l), keeps(l, *l), l
    out.append(x)
    for bad in ([], [1, 2, 3]):
        for i in range(n):
            try:
                two(*bad)
            except TypeError as e:
                said = str(e)
        out.append(said)
    return out


print(main(300))
