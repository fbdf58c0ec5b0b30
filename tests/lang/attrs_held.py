# attributes of functions and of exceptions in loops, and what may happen to them
N = 4000


def counted(x):
    counted.calls += x
    return counted.calls


class Names(dict):
    pass


def reset(kind):
    if kind == 0:
        counted.calls = 5
    elif kind == 1:
        del counted.calls
        counted.other = 1
        counted.calls = 7
    elif kind == 2:
        counted.__dict__ = {'a': 1, 'b': 2, 'calls': 3}
    elif kind == 3:
        counted.__dict__ = Names(calls=11)
    elif kind == 4:
        counted.__dict__.clear()
        counted.calls = 13
    elif kind == 5:
        counted.__dict__['calls'] = 2 ** 70
    elif kind == 6:
        counted.__dict__ = {''.join(['ca', 'lls']): 4}
    elif kind == 7:
        counted.calls = 1.5


def functions():
    out = []
    counted.calls = 0
    for i in range(N):
        if i % 500 == 250:
            reset(i // 500)
        counted(i % 3)
    out.append(counted.calls)
    for name in ('no', 'calls'):
        del counted.calls
        try:
            for i in range(300):
                if i == 200:
                    counted.calls = 1
                try:
                    counted(1)
                except AttributeError as e:
                    last = str(e)
            out.append((last, counted.calls))
        finally:
            counted.calls = 0
    return out


calls = 17


def in_globals():
    counted.__dict__ = globals()
    for i in range(N):
        counted(1)
    counted.__dict__ = {'calls': 0}
    return calls


class Problem(Exception):
    kind = 'class'

    def __init__(self, code):
        super().__init__(code, 'more')
        self.code = code
        self.last = None


class Other(Problem):
    pass


class Asked(Problem):
    def __getattribute__(self, name):
        return 'asked ' + name


class Told(Problem):
    def __setattr__(self, name, v):
        object.__setattr__(self, name, [v])


class Mine(Problem):
    args = 'mine'
    code = property(lambda self: 'computed', lambda self, v: None)


def change(e, kind):
    if kind == 0:
        e.args = [1, 2, 3]
    elif kind == 1:
        e.__dict__
    elif kind == 2:
        e.__class__ = Other
    elif kind == 3:
        e.__dict__ = {'code': 9, 'last': 8}
    elif kind == 4:
        e.code = None
        e.new = 1
    elif kind == 5:
        del e.last
    elif kind == 6:
        Problem.code = property(lambda self: 'property')
    elif kind == 7:
        Problem.args = 'args of the class'


def exceptions(make, kind):
    seen = []
    e = make(3)
    was = None
    for i in range(400):
        if i == 200:
            try:
                change(e, kind)
            except TypeError as x:
                seen.append(str(x))
        try:
            e.last = i
            now = (e.code, e.args, e.last is None, e.kind)
        except AttributeError as x:
            now = str(x)
        if now != was:
            seen.append(now)
            was = now
    for name in ('code', 'args'):
        if name in Problem.__dict__:
            delattr(Problem, name)
    return seen


def builtin():
    t = 0
    for i in range(N):
        e = LookupError(i) if i % 3 else KeyError(i, 'k')
        t += len(e.args) + e.args[0]
        e.note = i
        t += e.note
    return t


print(functions())
print(in_globals())
for make in (Problem, Other, Asked, Told, Mine):
    for kind in range(8):
        print(make.__name__, kind, exceptions(make, kind))
print(builtin())
