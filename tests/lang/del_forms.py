# del of names, items, slices, attributes, and in which order.
a = b = 1
del a
try:
    a
except NameError as e:
    print(e)
try:
    del a
except NameError as e:
    print(e)
l = [0, 1, 2, 3, 4, 5]
del l[0], l[-1]
print(l)
del l[1:3]
print(l)
d = {'a': 1, 'b': 2}
del d['a']
print(d)
for c in ('list', 'dict', 'tuple', 'int', 'attr', 'noattr'):
    try:
        if c == 'list':
            del l[10]
        elif c == 'dict':
            del d['zz']
        elif c == 'tuple':
            del (1, 2)[0]
        elif c == 'int':
            del b[0]
        elif c == 'attr':
            del (5).real
        else:
            del l.foo
    except Exception as e:
        print(c, type(e).__name__, e)


def f():
    pass


f.x = 1
print(f.x)
del f.x
try:
    f.x
except AttributeError as e:
    print(e)
try:
    del f.x
except AttributeError as e:
    print(e)


def local(n):
    x = n
    del x
    try:
        return x
    except UnboundLocalError as e:
        print(e)
    try:
        del x
    except UnboundLocalError as e:
        print(e)


local(1)


def cell():
    v = 1

    def inner():
        return v
    del v
    try:
        inner()
    except NameError as e:
        print(e)
    try:
        del v
    except NameError as e:
        print(type(e).__name__, e)


cell()


def glob():
    global b
    del b
    try:
        del b
    except NameError as e:
        print(e)


glob()
p, q, r = 1, 2, 3
del (p, q), [r]
try:
    p
except NameError as e:
    print(e)


def note(x, o):
    log.append(x)
    return o


log = []
m = [[1, 2], {'k': 1}]
del note('a', m)[0][note('i', 0)], note('b', m)[1][note('k', 'k')]
print(m, log)
for i in range(3):
    del i


def hot(n):
    d = {}
    for i in range(n):
        d[i] = i
        t = i
        del t
        if i % 2:
            del d[i]
    return len(d)


print(hot(300))
