"""An evaluator of a small language over nested tuples: environments, closures, primitives, tail calls."""
import timed


class Env:
    def __init__(self, names, values, outer):
        self.values = dict(zip(names, values))
        self.outer = outer

    def find(self, name):
        env = self
        while env is not None:
            if name in env.values:
                return env
            env = env.outer
        raise NameError(name)


class Closure:
    def __init__(self, names, body, env):
        self.names = names
        self.body = body
        self.env = env


def evaluate(x, env):
    while True:
        if isinstance(x, str):
            return env.find(x).values[x]
        if not isinstance(x, tuple):
            return x
        head = x[0]
        if head == 'if':
            x = x[2] if evaluate(x[1], env) else x[3]
        elif head == 'fn':
            return Closure(x[1], x[2], env)
        elif head == 'def':
            env.values[x[1]] = evaluate(x[2], env)
            return None
        elif head == 'do':
            for e in x[1:-1]:
                evaluate(e, env)
            x = x[-1]
        else:
            f = evaluate(head, env)
            args = [evaluate(a, env) for a in x[1:]]
            if not isinstance(f, Closure):
                return f(*args)
            x = f.body
            env = Env(f.names, args, f.env)


PRIMITIVES = {
    '+': lambda a, b: a + b,
    '-': lambda a, b: a - b,
    '*': lambda a, b: a * b,
    '%': lambda a, b: a % b,
    '<': lambda a, b: a < b,
    '=': lambda a, b: a == b,
    'cons': lambda a, b: (a, b),
    'first': lambda p: p[0],
    'rest': lambda p: p[1],
    'nil': None,
}

PROGRAM = (
    ('def', 'fib', ('fn', ('n',), ('if', ('<', 'n', 2), 'n', ('+', ('fib', ('-', 'n', 1)), ('fib', ('-', 'n', 2)))))),
    ('def', 'count', ('fn', ('n', 'sum'), ('if', ('=', 'n', 0), 'sum', ('count', ('-', 'n', 1), ('%', ('+', ('*', 'sum', 31), 'n'), 10007))))),
    ('def', 'list', ('fn', ('n',), ('if', ('=', 'n', 0), 'nil', ('cons', 'n', ('list', ('-', 'n', 1)))))),
    ('def', 'map', ('fn', ('f', 'l'), ('if', ('=', 'l', 'nil'), 'nil', ('cons', ('f', ('first', 'l')), ('map', 'f', ('rest', 'l')))))),
    ('def', 'total', ('fn', ('l',), ('if', ('=', 'l', 'nil'), 0, ('+', ('first', 'l'), ('total', ('rest', 'l')))))),
    ('def', 'add', ('fn', ('k',), ('fn', ('x',), ('+', 'x', 'k')))),
)


def work(n):
    env = Env((), (), Env(PRIMITIVES.keys(), PRIMITIVES.values(), None))
    for form in PROGRAM:
        evaluate(form, env)
    return (evaluate(('fib', n), env), evaluate(('count', n * 500, 0), env),
            evaluate(('total', ('map', ('add', 5), ('list', 60))), env))


if __name__ == '__main__':
    timed.main('lisp', work, 17)
