"""A grammar of arithmetic: tokens, a tree of classes, visitors that print, simplify, derive and compile."""
from functools import reduce
import operator


class Node:
    fields = ()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.kind = cls.__name__.lower()

    def __init__(self, *values):
        if len(values) != len(self.fields):
            raise TypeError('%s takes %d fields, not %d' % (type(self).__name__, len(self.fields), len(values)))
        for name, value in zip(self.fields, values):
            setattr(self, name, value)

    def __iter__(self):
        return (getattr(self, f) for f in self.fields)

    def __eq__(self, other):
        return type(self) is type(other) and tuple(self) == tuple(other)

    def __hash__(self):
        return hash((self.kind, tuple(self)))

    def __repr__(self):
        return '%s(%s)' % (type(self).__name__, ', '.join(map(repr, self)))

    def walk(self):
        yield self
        for child in self:
            if isinstance(child, Node):
                yield from child.walk()
            elif isinstance(child, tuple):
                for c in child:
                    yield from c.walk()


class Number(Node):
    fields = ('value',)


class Name(Node):
    fields = ('name',)


class Unary(Node):
    fields = ('op', 'operand')


class Binary(Node):
    fields = ('op', 'left', 'right')


class Call(Node):
    fields = ('function', 'args')


class Assign(Node):
    fields = ('name', 'value')


class Choice(Node):
    fields = ('test', 'yes', 'no')


class GrammarError(Exception):
    def __init__(self, message, at):
        Exception.__init__(self, message)
        self.at = at

    def pointed(self, text):
        return '%s\n    %s\n    %s^' % (self, text, ' ' * self.at)


def scan(text):
    i = 0
    while i < len(text):
        c = text[i]
        start = i
        if c == ' ':
            i += 1
            continue
        if c.isdigit() or c == '.':
            while i < len(text) and (text[i].isdigit() or text[i] == '.'):
                i += 1
            try:
                value = float(text[start:i]) if '.' in text[start:i] else int(text[start:i])
            except ValueError:
                raise GrammarError('malformed number %r' % text[start:i], start) from None
            yield 'number', value, start
        elif c.isalpha() or c == '_':
            while i < len(text) and (text[i].isalnum() or text[i] == '_'):
                i += 1
            yield 'name', text[start:i], start
        else:
            for op in ('**', '<=', '>=', '==', '!=', '//'):
                if text.startswith(op, i):
                    break
            else:
                op = c
                if c not in '+-*/%()<>,=?:^!':
                    raise GrammarError('unexpected character %r' % c, i)
            i += len(op)
            yield 'op', op, start
    yield 'end', None, len(text)


class Parser:
    LEVELS = [('<', '>', '<=', '>=', '==', '!='), ('+', '-'), ('*', '/', '//', '%')]

    def __init__(self, text):
        self.tokens = list(scan(text))
        self.at = 0

    @property
    def token(self):
        return self.tokens[self.at]

    def accept(self, *ops):
        kind, value, _ = self.token
        if kind == 'op' and value in ops:
            self.at += 1
            return value
        return None

    def expect(self, op):
        if not self.accept(op):
            kind, value, at = self.token
            raise GrammarError('%r expected, found %s' % (op, 'the end' if kind == 'end' else repr(value)), at)

    def statement(self):
        if self.token[0] == 'name' and self.tokens[self.at + 1][:2] == ('op', '='):
            name = self.token[1]
            self.at += 2
            node = Assign(name, self.expression())
        else:
            node = self.expression()
        if self.token[0] != 'end':
            raise GrammarError('unexpected %r' % (self.token[1],), self.token[2])
        return node

    def expression(self):
        test = self.binary(0)
        if self.accept('?'):
            yes = self.expression()
            self.expect(':')
            return Choice(test, yes, self.expression())
        return test

    def binary(self, level):
        if level == len(self.LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while True:
            op = self.accept(*self.LEVELS[level])
            if not op:
                return left
            left = Binary(op, left, self.binary(level + 1))

    def unary(self):
        op = self.accept('-', '+', '!')
        if op:
            operand = self.unary()
            return operand if op == '+' else Unary(op, operand)
        return self.power()

    def power(self):
        base = self.postfix()
        if self.accept('**', '^'):
            return Binary('**', base, self.unary())
        return base

    def postfix(self):
        kind, value, at = self.token
        self.at += 1
        if kind == 'number':
            return Number(value)
        if kind == 'name':
            if not self.accept('('):
                return Name(value)
            args = []
            if not self.accept(')'):
                args.append(self.expression())
                while self.accept(','):
                    args.append(self.expression())
                self.expect(')')
            return Call(value, tuple(args))
        if (kind, value) == ('op', '('):
            inner = self.expression()
            self.expect(')')
            return inner
        raise GrammarError('an operand expected, found %s' % ('the end' if kind == 'end' else repr(value)), at)


class Visitor:
    def visit(self, node, *args):
        for cls in type(node).__mro__:
            method = getattr(self, 'visit_' + cls.__name__.lower(), None)
            if method is not None:
                return method(node, *args)
        raise NotImplementedError('%s has no visit_%s' % (type(self).__name__, node.kind))

    __call__ = visit


OPERATORS = {'+': operator.add, '-': operator.sub, '*': operator.mul, '/': operator.truediv, '//': operator.floordiv, '%': operator.mod,
             '**': operator.pow, '<': operator.lt, '>': operator.gt, '<=': operator.le, '>=': operator.ge, '==': operator.eq, '!=': operator.ne}
FUNCTIONS = {'max': max, 'min': min, 'abs': abs, 'sum': lambda *a: sum(a), 'sqrt': lambda x: x ** 0.5, 'mean': lambda *a: sum(a) / len(a)}


class Evaluate(Visitor):
    def __init__(self, names=None):
        self.names = names if names is not None else {}

    def visit_number(self, node):
        return node.value

    def visit_name(self, node):
        try:
            return self.names[node.name]
        except KeyError:
            raise NameError('%s has no value' % node.name) from None

    def visit_unary(self, node):
        value = self(node.operand)
        return -value if node.op == '-' else not value

    def visit_binary(self, node):
        return OPERATORS[node.op](self(node.left), self(node.right))

    def visit_call(self, node):
        return FUNCTIONS[node.function](*[self(a) for a in node.args])

    def visit_choice(self, node):
        return self(node.yes if self(node.test) else node.no)

    def visit_assign(self, node):
        value = self.names[node.name] = self(node.value)
        return value


class Show(Visitor):
    PRECEDENCE = {'?': 0, '<': 1, '>': 1, '<=': 1, '>=': 1, '==': 1, '!=': 1, '+': 2, '-': 2, '*': 3, '/': 3, '//': 3, '%': 3, 'u': 4, '**': 5}

    def visit_number(self, node, outer=0):
        return repr(node.value)

    def visit_name(self, node, outer=0):
        return node.name

    def visit_unary(self, node, outer=0):
        return self.wrapped(node.op + self(node.operand, 4), 4, outer)

    def visit_binary(self, node, outer=0):
        p = self.PRECEDENCE[node.op]
        left, right = (p + 1, p) if node.op == '**' else (p, p + 1)
        return self.wrapped('%s %s %s' % (self(node.left, left), node.op, self(node.right, right)), p, outer)

    def visit_call(self, node, outer=0):
        return '%s(%s)' % (node.function, ', '.join(self(a) for a in node.args))

    def visit_choice(self, node, outer=0):
        return self.wrapped('%s ? %s : %s' % (self(node.test, 1), self(node.yes), self(node.no)), 0, outer)

    def visit_assign(self, node, outer=0):
        return '%s = %s' % (node.name, self(node.value))

    @staticmethod
    def wrapped(text, precedence, outer):
        return '(%s)' % text if precedence < outer else text


class Simplify(Visitor):
    def visit_node(self, node):
        return type(node)(*[self(c) if isinstance(c, Node) else tuple(map(self, c)) if isinstance(c, tuple) else c for c in node])

    def visit_unary(self, node):
        operand = self(node.operand)
        if node.op == '-':
            if isinstance(operand, Number):
                return Number(-operand.value)
            if isinstance(operand, Unary) and operand.op == '-':
                return operand.operand
        return Unary(node.op, operand)

    def visit_binary(self, node):
        left, right = self(node.left), self(node.right)
        if isinstance(left, Number) and isinstance(right, Number):
            try:
                return Number(OPERATORS[node.op](left.value, right.value))
            except ZeroDivisionError:
                return Binary(node.op, left, right)
        rules = {
            ('+', 0, None): lambda: right, ('+', None, 0): lambda: left, ('-', None, 0): lambda: left,
            ('-', 0, None): lambda: self(Unary('-', right)), ('*', 0, None): lambda: Number(0), ('*', None, 0): lambda: Number(0),
            ('*', 1, None): lambda: right, ('*', None, 1): lambda: left, ('/', None, 1): lambda: left, ('/', 0, None): lambda: Number(0),
            ('**', None, 1): lambda: left, ('**', None, 0): lambda: Number(1),
        }
        for key in ((node.op, getattr(left, 'value', None), None), (node.op, None, getattr(right, 'value', None))):
            if key[1:] != (None, None) and key in rules:
                return rules[key]()
        if node.op == '-' and left == right:
            return Number(0)
        if node.op == '+' and left == right:
            return Binary('*', Number(2), left)
        return Binary(node.op, left, right)


class Derive(Visitor):
    def __init__(self, by):
        self.by = by

    def visit_number(self, node):
        return Number(0)

    def visit_name(self, node):
        return Number(int(node.name == self.by))

    def visit_unary(self, node):
        return Unary('-', self(node.operand))

    def visit_binary(self, node):
        a, b = node.left, node.right
        rule = getattr(self, {'+': 'linear', '-': 'linear', '*': 'product', '/': 'quotient', '**': 'power'}.get(node.op, ''), None)
        if rule is None:
            raise ValueError('%s cannot be derived' % node.op)
        return rule(node, a, b)

    def linear(self, node, a, b):
        return Binary(node.op, self(a), self(b))

    def product(self, node, a, b):
        return Binary('+', Binary('*', self(a), b), Binary('*', a, self(b)))

    def quotient(self, node, a, b):
        return Binary('/', Binary('-', Binary('*', self(a), b), Binary('*', a, self(b))), Binary('**', b, Number(2)))

    def power(self, node, a, b):
        if any(isinstance(n, Name) and n.name == self.by for n in b.walk()):
            raise ValueError('the exponent depends on %s' % self.by)
        return Binary('*', Binary('*', b, Binary('**', a, Simplify()(Binary('-', b, Number(1))))), self(a))

    def visit_call(self, node):
        if node.function == 'sum':
            return reduce(lambda x, y: Binary('+', x, y), map(self, node.args))
        if node.function == 'sqrt':
            return Binary('/', self(node.args[0]), Binary('*', Number(2), node))
        raise ValueError('%s cannot be derived' % node.function)


class Compile(Visitor):
    """Code for a machine with a stack: (operation, operand)."""

    def __init__(self):
        self.code = []

    def emit(self, op, operand=None):
        self.code.append((op, operand))
        return len(self.code) - 1

    def visit_number(self, node):
        self.emit('push', node.value)

    def visit_name(self, node):
        self.emit('load', node.name)

    def visit_unary(self, node):
        self(node.operand)
        self.emit('neg' if node.op == '-' else 'not')

    def visit_binary(self, node):
        self(node.left)
        self(node.right)
        self.emit('op', node.op)

    def visit_call(self, node):
        for a in node.args:
            self(a)
        self.emit('call', (node.function, len(node.args)))

    def visit_choice(self, node):
        self(node.test)
        to_no = self.emit('unless')
        self(node.yes)
        to_end = self.emit('jump')
        self.code[to_no] = 'unless', len(self.code)
        self(node.no)
        self.code[to_end] = 'jump', len(self.code)

    def visit_assign(self, node):
        self(node.value)
        self.emit('store', node.name)


class Machine:
    def __init__(self, names):
        self.names = names
        self.steps = 0
        self.deepest = 0

    def run(self, code):
        stack = []
        pc = 0
        while pc < len(code):
            op, operand = code[pc]
            pc += 1
            self.steps += 1
            if op == 'push':
                stack.append(operand)
            elif op == 'load':
                stack.append(self.names[operand])
            elif op == 'store':
                self.names[operand] = stack[-1]
            elif op == 'neg':
                stack.append(-stack.pop())
            elif op == 'not':
                stack.append(not stack.pop())
            elif op == 'op':
                right = stack.pop()
                stack.append(OPERATORS[operand](stack.pop(), right))
            elif op == 'call':
                name, count = operand
                args = stack[len(stack) - count:]
                del stack[len(stack) - count:]
                stack.append(FUNCTIONS[name](*args))
            elif op == 'unless':
                if not stack.pop():
                    pc = operand
            elif op == 'jump':
                pc = operand
            self.deepest = max(self.deepest, len(stack))
        return stack.pop()


LINES = [
    '1 + 2 * 3', '(1 + 2) * 3', '2 ** 3 ** 2', '-2 ** 2', '(-2) ** 2', '7 // 2 % 3', '10 - 4 - 3', 'x = 4', 'x * x - 1', 'y = x / 3 + 0.5',
    'max(x, y, 7) - min(x, y)', 'sqrt(abs(-16)) + sum()', 'x > 3 ? x < 5 ? 1 : 2 : 3', '!(x == 4) ? 10 : 20', '--x', 'mean(1, 2, 3, 4)', '1 < 2 == 1',
    '2 ** 64 * 2 ** 64', '+5 - +3', 'x ** -1', '1 / (x - 4)', 'z + 1', 'log(3)', '1 +', '(1 + 2', '1 2', '3 $ 4', '1..2', 'max(1,', 'x = = 2', '',
]


def main():
    names = {'pi': 3.14159}
    machine_names = dict(names)
    for text in LINES:
        try:
            tree = Parser(text).statement()
        except GrammarError as e:
            print('error:', e.pointed(text))
            continue
        shown = Show()(tree)
        assert Parser(shown).statement() == tree, shown
        compiler = Compile()
        compiler(tree)
        machine = Machine(machine_names)
        try:
            value = Evaluate(names)(tree)
        except (NameError, ZeroDivisionError, KeyError) as e:
            print('%-28s %s: %s' % (shown, type(e).__name__, e))
            continue
        assert machine.run(compiler.code) == value
        print('%-28s %-22r %2d steps, stack %d' % (shown, value, machine.steps, machine.deepest))
    print(sorted(names.items()) == sorted(machine_names.items()), sorted(names.items()))

    print(repr(Parser('a + b * -c').statement()))
    for text in ('x + 0', '0 * (x + y) + 1 * z', 'x - x', '2 * 3 + x ** 1', '--x', 'y + y', '1 / 0 + 0', 'max(1 + 1, x * 1)', '(x < 1 + 1) ? 0 + x : x ** 0'):
        print('%-30s => %s' % (text, Show()(Simplify()(Parser(text).statement()))))
    for text in ('x ** 3 + 2 * x', '(x + 1) / (x - 1)', 'sqrt(x * x)', 'sum(x, x, y)', '-x ** 2', 'a * x ** n', 'x ** x', 'x % 2', 'abs(x)'):
        tree = Parser(text).statement()
        try:
            derived = Simplify()(Derive('x')(tree))
        except ValueError as e:
            print('%-20s %s' % (text, e))
            continue
        print('%-20s d/dx = %s' % (text, Show()(derived)), '| at 2:', Evaluate({'x': 2, 'y': 5, 'a': 3, 'n': 4})(derived))
    compiler = Compile()
    compiler(Parser('x = a > 1 ? max(a, 2) : -a').statement())
    for i, (op, operand) in enumerate(compiler.code):
        print('%3d %-7s%s' % (i, op, '' if operand is None else operand))
    tree = Parser('(a + b) * (a + b) - f(a + b, a)').statement()
    counts = {}
    for node in tree.walk():
        counts[node] = counts.get(node, 0) + 1
    print([(Show()(n), k) for n, k in counts.items() if k > 1])
    try:
        Binary('+', 1)
    except TypeError as e:
        print(e)
    try:
        Derive('x')(Parser('a > 1 ? 1 : 2').statement())
    except NotImplementedError as e:
        print(e)


main()
