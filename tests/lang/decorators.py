# Decorators: order, arguments, what they see.
def trace(name):
    print('make', name)

    def deco(f):
        print('apply', name, f.__name__)

        def wrapper(*args, **kwargs):
            print('call', name, args, kwargs)
            return f(*args, **kwargs)
        wrapper.__name__ = f.__name__
        return wrapper
    return deco


@trace('outer')
@trace('inner')
def add(a, b=2):
    return a + b


print(add(1), add(1, b=5), add.__name__)


def const(f):
    return 42


@const
def x():
    pass


print(x)
decos = {'id': lambda f: f}
ds = [const]


@decos.get
def looked_up():
    pass


print(looked_up)


def register(*names, **opts):
    def deco(f):
        for n in names:
            table[n] = f
        f.opts = opts
        return f
    return deco


table = {}


@register('a', 'b', fast=True)
def handler(v):
    return v * 2


print(sorted(table), table['a'](4), handler.opts)


def broken(f):
    raise ValueError('no ' + f.__name__)


try:
    @broken
    def never():
        pass
except ValueError as e:
    print(e)
try:
    never
except NameError as e:
    print(e)


def memo(f):
    seen = {}

    def call(*args):
        if args not in seen:
            seen[args] = f(*args)
        return seen[args]
    return call


@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(60))
