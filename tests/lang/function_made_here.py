# A function that is made and called in one place may have got another code in between.


def direct(c):
    f = lambda x: x + 1
    f.__code__ = c
    return f(1)


def change(f, c):
    f.__code__ = c


def through_a_call(c):
    f = lambda x: x + 1
    change(f, c)
    return f(1)


def in_a_loop(c):
    f = lambda x: x + 1
    out = []
    for i in range(4):
        out.append(f(i))
        if i == 1:
            change(f, c)
    return out


def defaults():
    def f(x=1):
        return x
    a = f()
    f.__defaults__ = (2,)
    return a, f()


def code_of(f):
    return [k for k in f.__code__.co_consts if hasattr(k, 'co_code')][0]


times100 = (lambda x: x * 100).__code__
for f in direct, through_a_call, in_a_loop:
    own = code_of(f)
    for i in range(400):
        f(own)
    print(f.__name__, f(own), f(times100), f(own))
for i in range(400):
    defaults()
print(defaults())
