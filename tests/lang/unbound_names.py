"""UnboundLocalError, NameError and the texts of free variables, with del."""


def attempt(f, *a):
    try:
        print(f.__name__, f(*a))
    except NameError as e:
        print(f.__name__, type(e).__name__, e)


def before():
    print(x)
    x = 1


def deleted():
    x = 1
    del x
    return x


def deleted_twice():
    x = 1
    del x
    del x


def maybe(c):
    if c:
        x = 1
    return x


def cell_before():
    def g():
        return x

    r = x
    x = 1
    return g


def cell_deleted():
    x = 1

    def g():
        return x

    del x
    return x, g


def cell_deleted_twice():
    x = 1

    def g():
        return x

    del x
    del x


def free_unbound():
    def g():
        return x

    r = g()
    x = 1
    return r


def free_deleted():
    x = 1

    def g():
        return x

    print(g())
    del x
    return g()


def free_delete_inside():
    x = 1

    def g():
        nonlocal x
        del x
        return x

    return g()


def free_delete_twice():
    x = 1

    def g():
        nonlocal x
        del x

    g()
    g()


def global_deleted():
    global gone
    gone = 1
    del gone
    return gone


def global_delete_twice():
    global gone
    gone = 1
    del gone
    del gone


def except_name():
    try:
        1 / 0
    except ZeroDivisionError as e:
        pass
    return e


def loop_name():
    for i in ():
        pass
    return i


def augmented():
    x += 1


def parameter(x):
    del x
    return x


def comprehension():
    [y for y in (1,)]
    return y


def builtin_gone():
    return lenn([])


for k in range(4):
    for f in (before, deleted, deleted_twice, cell_before, cell_deleted, cell_deleted_twice, free_unbound,
              free_deleted, free_delete_inside, free_delete_twice, global_deleted, global_delete_twice, except_name,
              loop_name, augmented, comprehension, builtin_gone):
        attempt(f)
    attempt(maybe, 0)
    attempt(maybe, 1)
    attempt(parameter, 1)
try:
    del nothing
except NameError as e:
    print(e)
try:
    nothing
except NameError as e:
    print(e)
