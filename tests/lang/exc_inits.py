# Exceptions made hot, by classes whose `__init__` calls the next one's.
class Problem(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


class Minor(Problem):
    pass


class Named(Problem):
    LEVEL = 5

    def __init__(self, name, code=9):
        self.name = name
        super().__init__(code)
        self.parts = [name, code]


class Other:
    def __init__(self):
        super().__init__()
        self.other = True


class Both(Named, Other):
    def __init__(self, code):
        super().__init__('both', code)


class Bare(Exception):
    pass


class Silent(Exception):
    def __init__(self, *rest):
        self.rest = rest


class Stop(StopIteration):
    def __init__(self, v):
        super().__init__(v)
        self.v = v


class Plain:
    def __init__(self, a):
        self.a = a
        self.list = []


class Derived(Plain):
    def __init__(self, a, b=WIDTH if 'WIDTH' in globals() else 3):
        super().__init__(a)
        self.b = b
        self.size = SIZE


SIZE = 11


def main(n):
    total = 0
    last = None
    for i in range(n):
        last = Minor(i), Named('n', i), Both(i), Bare(i, 'x'), Silent(i), Stop(i), Derived(i), Bare()
        total += last[0].code + last[1].code + len(last[2].parts) + last[6].b + last[6].size
        last[6].list.append(i)
    for e in last:
        print(type(e).__name__, getattr(e, 'args', None), list(vars(e).items()), getattr(e, 'value', None))
    return total


for round in range(3):
    print(main(600))

# What that rests on changes.
SIZE = 12
print(main(50))


def init(self, code):
    Exception.__init__(self, 'changed', code)
    self.code = code + 1


Problem.__init__ = init
print(main(50))
Problem.code = property(lambda self: 100, lambda self, v: None)
print(main(50))
del Problem.code
Problem.__setattr__ = lambda self, name, v: object.__setattr__(self, name, v)
print(main(50))


def super(*args):
    class Fake:
        def __init__(self, *args):
            pass
    return Fake()


try:
    print(main(300))
except AttributeError as e:
    print(e)
del super
print(main(300))


def deep(n):
    try:
        return deep(n + 1)
    except RecursionError:
        return n


def at_the_limit(n):
    if n:
        return at_the_limit(n - 1)
    try:
        return type(Minor(1)).__name__
    except RecursionError as e:
        return str(e)


print([at_the_limit(990 - k) for k in (30, 20)])


def where(n):
    got = set()
    for k in range(n):
        try:
            got.add(at_the_limit(900 + k))
        except RecursionError as e:
            got.add('deeper ' + str(e))
    return sorted(got)


print(where(100))


def shown(i):
    raise Named('shown', i)


import traceback
for i in range(300):
    try:
        shown(i)
    except Named as e:
        if i == 299:
            traceback.print_exc(file=__import__('sys').stdout)
