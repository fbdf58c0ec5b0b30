"""Subscripts and stores by slices, of whatever has them, whose bounds are what they like."""



class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        print('index', self.n)
        return self.n


class Derived(list):
    def __getitem__(self, k):
        return 'get', k

    def __setitem__(self, k, v):
        print('set', k, v)


class Plain(list):
    pass


def two(x, a, b):
    return x[a:b]


def three(x, a, b, c):
    return x[a:b:c]


def store(x, a, b, v):
    x[a:b] = v
    return x


def store_three(x, a, b, c, v):
    x[a:b:c] = v
    return x


def shrink(x):
    class Shrinks:
        def __index__(self):
            x.clear()
            return 1
    return x[Shrinks():], x


def swapped(x, n):
    out = []
    while n:
        x[:n + 1] = x[n::-1]
        out.append(x[:])
        n = n - 1
    return out


def tried(f, *args):
    try:
        print(f.__name__, f(*args))
    except Exception as e:
        print(f.__name__, type(e).__name__, e, e.__traceback__.tb_next.tb_lineno)


def main():
    for x in ([1, 2, 3, 4], (1, 2, 3, 4), 'abcdé', b'abcd', bytearray(b'abcd'), range(9), Derived([1, 2]), Plain('xyz'), 5,
              {}, None):
        tried(two, x, 1, 3)
        tried(two, x, None, -1)
        tried(two, x, Index(1), 3)
        tried(two, x, False, True)
        tried(two, x, 'a', 2)
        tried(two, x, 1.5, 2)
        tried(three, x, None, None, -1)
        tried(three, x, 0, 9, 0)
        tried(three, x, 2 ** 70, -2 ** 70, -2)
        tried(three, x, None, None, Index(2))
        tried(store, x, 1, 2, [9, 9])
        tried(store, x, 0, 0, x)
        tried(store_three, x, None, None, -1, [1])
        tried(store_three, x, 0, 2, 1, b'ab')
        tried(store, x, 1, 2, 7)
        tried(store, x, Index(0), None, bytearray())
    print(shrink([1, 2, 3]), swapped(list(range(6)), 5))


for _ in range(3):
    main()
