# An index derived from int is asked with its own operators; what is looked for in a range, too.


class I(int):
    log = []

    def __lt__(self, o):
        self.log.append(f'<{o}')
        return int(self) == 5

    def __ge__(self, o):
        self.log.append(f'>={o}')
        return False

    def __mul__(self, o):
        self.log.append(f'*{o}')
        return int(self) * 10

    def __radd__(self, o):
        self.log.append(f'{o}+')
        return I(7)

    def __eq__(self, o):
        self.log.append(f'=={o}')
        return o == 2

    __hash__ = int.__hash__


def show(f):
    I.log = []
    try:
        r = f()
    except Exception as e:
        r = f'{type(e).__name__} {e}'
    print(r, type(r).__name__, I.log)


def item(r, i):
    return r[i]


for _ in range(3):
    for k in 0, 3, 5, 100, -1, 1 << 70:
        show(lambda: item(range(9), I(k)))
        show(lambda: item(range(2, 1 << 80, 3), I(k)))
    show(lambda: item(range(9), True))
    show(lambda: I(100) in range(4))
    show(lambda: I(101) in range(2))
    show(lambda: range(2).index(I(101)))
    show(lambda: range(4).index(I(100)))
    show(lambda: range(4).count(I(100)))
    show(lambda: I(100) in range(1 << 70, (1 << 70) + 3))
