# Calls of every form give the callee the same arguments.
def f(*a, **k):
    return a, list(k.items())


t = (1, 2)
l = [3, 4]
d = {'x': 5}
print(f(*t), f(*l), f(*'ab'), f(*d), f(*range(3)), f(*{7}))
print(f(*t, *l), f(*t, 9, *l, 10), f(0, *t))
print(f(**d), f(y=1, **d), f(**d, y=1), f(**d, **{'y': 2}), f(z=0, **d, y=1, **{'w': 3}))
print(f(*t, **d), f(*t, k=1, **d), f(0, *t, 9, a=1, *l, b=2, **d))
print(f(*(), **{}), f(*[], **{}), f(*t, **{}), f(*[], *(), **{}, **{}))
print(f(*[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], **{chr(97 + i): i for i in range(12)}))


# Order of evaluation: callee, positional, keywords, each where it is written.
def note(x):
    log.append(x)
    return x


log = []
(note(f))(note(1), *note([2]), note(3), *note([4]), a=note(5), **note({'b': 6}), c=note(7))
print(log[1:])
log = []
f(a=note(1), *note([2]))
print(log)
log = []
print(f(*note([1]), k=note(2), *note([3]), **note({'z': 4})), log)

# Method-call forms.
s = []
s.append(1)
s.append(*[2])
s.extend(*[[3, 4]])
print(s, 'a-b'.split(*'-'), 'a-b-c'.split(sep='-', maxsplit=1), 'x'.join(*[['1', '2']]))
print(str.upper(*['a']), sorted([3, 1, 2], **{'reverse': True}), int(*['ff'], **{'base': 16}))
print(dict(**{'a': 1}, b=2), dict([('k', 1)], **{'a': 2}), dict(**{}), list(*[[1]]), max(*[1, 5, 2]))
print(*[1, 2], *'ab', sep='-', **{'end': '!\n'})


# A callee that changes its arguments does not change ours.
def spoil(*a, **k):
    k['x'] = 0
    k['n'] = 1
    return a


print(spoil(*l, **d), d, l)
lst = [1, 2]


def same(*a):
    return a


print(same(*t) is t, same(*lst) == (1, 2))


# A chain of callers that only pass on what they got.
def outer(*args, **kwargs):
    return middle(*args, **kwargs)


def middle(*args, **kwargs):
    return inner(*args, **kwargs)


def inner(a, b=2, *, c=3):
    return a, b, c


print(outer(1), outer(1, 5), outer(1, c=7), outer(a=1, b=2, c=3), outer(*[1], **{'c': 4}))
fs = [lambda *a: a, lambda **k: k, lambda a, b: a + b]
print(fs[0](1, 2), fs[1](q=1), fs[2](*'xy'), fs[2](**{'a': 1, 'b': 2}))
big = list(range(300))
print(len(f(*big)[0]), sum(f(*big, *big)[0]), len(f(**{'k%d' % i: i for i in range(300)})[1]))
print((lambda f: f(f))(lambda g: 3))
