"""An interpreter of a small Scheme: reader, macros, tail calls, escapes, errors with a trail."""


class SchemeError(Exception):
    def __init__(self, message, *irritants):
        super().__init__(message, *irritants)
        self.trail = []

    def __str__(self):
        parts = [str(self.args[0])] + [show(a) for a in self.args[1:]]
        return ' '.join(parts)


class Symbol(str):
    table = {}

    def __new__(cls, name):
        known = cls.table.get(name)
        if known is None:
            known = cls.table[name] = super().__new__(cls, name)
        return known

    def __repr__(self):
        return 'Symbol(%s)' % str.__str__(self)


QUOTE, QUASI, UNQUOTE, SPLICE = map(Symbol, ('quote', 'quasiquote', 'unquote', 'unquote-splicing'))
ELSE, DOT, REST = Symbol('else'), Symbol('.'), Symbol('&rest')


class Pair:
    __slots__ = ('car', 'cdr')

    def __init__(self, car, cdr):
        self.car = car
        self.cdr = cdr

    def __iter__(self):
        node = self
        while isinstance(node, Pair):
            yield node.car
            node = node.cdr
        if node is not NIL:
            raise SchemeError('not a proper list:', self)

    def __eq__(self, other):
        return isinstance(other, Pair) and self.car == other.car and self.cdr == other.cdr


class Nil:
    def __iter__(self):
        return iter(())

    def __bool__(self):
        return True


NIL = Nil()


def to_list(items, tail=NIL):
    for item in reversed(list(items)):
        tail = Pair(item, tail)
    return tail


# ---- reader

def tokens(text):
    i, n = 0, len(text)
    line = 1
    while i < n:
        c = text[i]
        if c == '\n':
            line += 1
            i += 1
        elif c.isspace():
            i += 1
        elif c == ';':
            while i < n and text[i] != '\n':
                i += 1
        elif c in "()'`":
            yield c, line
            i += 1
        elif c == ',':
            if text[i + 1:i + 2] == '@':
                yield ',@', line
                i += 2
            else:
                yield ',', line
                i += 1
        elif c == '"':
            j = i + 1
            out = []
            while True:
                if j >= n:
                    raise SchemeError('unterminated string on line', line)
                if text[j] == '\\':
                    out.append({'n': '\n', 't': '\t'}.get(text[j + 1], text[j + 1]))
                    j += 2
                elif text[j] == '"':
                    break
                else:
                    out.append(text[j])
                    j += 1
            yield ('string', ''.join(out)), line
            i = j + 1
        else:
            j = i
            while j < n and not text[j].isspace() and text[j] not in '();"\'`,':
                j += 1
            yield text[i:j], line
            i = j


class Reader:
    SUGAR = {"'": QUOTE, '`': QUASI, ',': UNQUOTE, ',@': SPLICE}

    def __init__(self, text):
        self.stream = tokens(text)
        self.ahead = []

    def next(self):
        return self.ahead.pop() if self.ahead else next(self.stream, (None, 0))

    def forms(self):
        while True:
            token = self.next()
            if token[0] is None:
                return
            yield self.form(token)

    def form(self, token):
        text, line = token
        if text is None:
            raise SchemeError('unexpected end')
        if isinstance(text, tuple):
            return text[1]
        if text == '(':
            items, tail = [], NIL
            while True:
                token = self.next()
                if token[0] == ')':
                    return to_list(items, tail)
                if token[0] == '.':
                    tail = self.form(self.next())
                else:
                    items.append(self.form(token))
        if text == ')':
            raise SchemeError('unexpected ) on line', line)
        if text in self.SUGAR:
            return to_list([self.SUGAR[text], self.form(self.next())])
        if text in ('#t', '#f'):
            return text == '#t'
        for kind in (int, float):
            try:
                return kind(text)
            except ValueError:
                pass
        return Symbol(text)


def show(x):
    if x is True or x is False:
        return '#t' if x else '#f'
    if x is NIL:
        return '()'
    if x is None:
        return '#<void>'
    if isinstance(x, Symbol):
        return str.__str__(x)
    if isinstance(x, str):
        return '"%s"' % x.replace('\\', '\\\\').replace('"', '\\"')
    if isinstance(x, Pair):
        parts = []
        while isinstance(x, Pair):
            parts.append(show(x.car))
            x = x.cdr
        if x is not NIL:
            parts += ['.', show(x)]
        return '(' + ' '.join(parts) + ')'
    if isinstance(x, Lambda):
        return '#<procedure %s>' % (x.name or 'anonymous')
    if callable(x):
        return '#<primitive %s>' % getattr(x, '__name__', '?')
    return repr(x)


# ---- evaluator

class Environment(dict):
    def __init__(self, outer=None, **names):
        super().__init__(names)
        self.outer = outer

    def __missing__(self, name):
        if self.outer is None:
            raise SchemeError('unbound:', name)
        return self.outer[name]

    def assign(self, name, value):
        env = self
        while env is not None:
            if name in env:
                env[name] = value
                return
            env = env.outer
        raise SchemeError('assignment to unbound:', name)


class Lambda:
    def __init__(self, parameters, body, env, name=None):
        self.names = []
        self.rest = None
        while isinstance(parameters, Pair):
            self.names.append(parameters.car)
            parameters = parameters.cdr
        if parameters is not NIL:
            self.rest = parameters
        self.body = list(body)
        self.env = env
        self.name = name

    def bind(self, args):
        n = len(self.names)
        if len(args) < n or (len(args) > n and self.rest is None):
            raise SchemeError('arguments of %s: %d instead of %d' % (show(self), len(args), n))
        env = Environment(self.env)
        env.update(zip(self.names, args))
        if self.rest is not None:
            env[self.rest] = to_list(args[n:])
        return env

    def __call__(self, *args):
        env = self.bind(args)
        result = None
        for form in self.body:
            result = evaluate(form, env)
        return result


class Macro(Lambda):
    pass


class Escape(BaseException):
    def __init__(self, tag, value):
        self.tag = tag
        self.value = value


def special(name):
    def register(function):
        SPECIAL[Symbol(name)] = function
        return function
    return register


SPECIAL = {}
TAIL = object()


def evaluate(x, env):
    trail = []
    try:
        while True:
            if isinstance(x, Symbol):
                return env[x]
            if not isinstance(x, Pair):
                return x
            head = x.car
            form = SPECIAL.get(head) if isinstance(head, Symbol) else None
            if form is not None:
                result = form(list(x.cdr), env)
                if isinstance(result, tuple) and result and result[0] is TAIL:
                    _, x, env = result
                    continue
                return result
            f = evaluate(head, env)
            if isinstance(f, Macro):
                x = f(*x.cdr)
                continue
            args = [evaluate(a, env) for a in x.cdr]
            if isinstance(f, Lambda):
                if f.name:
                    trail.append(f.name)
                env = f.bind(args)
                for form in f.body[:-1]:
                    evaluate(form, env)
                x = f.body[-1]
            elif callable(f):
                return f(*args)
            else:
                raise SchemeError('not a procedure:', f)
    except SchemeError as e:
        e.trail.extend(reversed(trail[-1:]))
        raise


@special('quote')
def _(args, env):
    return args[0]


@special('if')
def _(args, env):
    if evaluate(args[0], env) is not False:
        return TAIL, args[1], env
    return (TAIL, args[2], env) if len(args) > 2 else None


@special('define')
def _(args, env):
    target = args[0]
    if isinstance(target, Pair):
        env[target.car] = Lambda(target.cdr, args[1:], env, str(target.car))
    else:
        value = evaluate(args[1], env)
        if isinstance(value, Lambda) and value.name is None:
            value.name = str(target)
        env[target] = value


@special('define-macro')
def _(args, env):
    env[args[0].car] = Macro(args[0].cdr, args[1:], env, str(args[0].car))


@special('lambda')
def _(args, env):
    return Lambda(args[0], args[1:], env)


@special('set!')
def _(args, env):
    env.assign(args[0], evaluate(args[1], env))


@special('begin')
def _(args, env):
    for a in args[:-1]:
        evaluate(a, env)
    return TAIL, args[-1], env


@special('let')
def _(args, env):
    if isinstance(args[0], Symbol):
        name, bindings, body = args[0], list(args[1]), args[2:]
        inner = Environment(env)
        f = inner[name] = Lambda(to_list(b.car for b in bindings), body, inner, str(name))
        return TAIL, to_list([f] + [b.cdr.car for b in bindings]), env
    inner = Environment(env)
    for b in args[0]:
        inner[b.car] = evaluate(b.cdr.car, env)
    for a in args[1:-1]:
        evaluate(a, inner)
    return TAIL, args[-1], inner


@special('cond')
def _(args, env):
    for clause in args:
        if clause.car is ELSE:
            value = True
        else:
            value = evaluate(clause.car, env)
        if value is not False:
            body = list(clause.cdr)
            if not body:
                return value
            for b in body[:-1]:
                evaluate(b, env)
            return TAIL, body[-1], env
    return None


@special('and')
def _(args, env):
    if not args:
        return True
    for a in args[:-1]:
        if evaluate(a, env) is False:
            return False
    return TAIL, args[-1], env


@special('or')
def _(args, env):
    for a in args[:-1]:
        value = evaluate(a, env)
        if value is not False:
            return value
    return (TAIL, args[-1], env) if args else False


@special('quasiquote')
def _(args, env):
    def fill(x):
        if not isinstance(x, Pair):
            return x
        if x.car is UNQUOTE:
            return evaluate(x.cdr.car, env)
        if isinstance(x.car, Pair) and x.car.car is SPLICE:
            return to_list(evaluate(x.car.cdr.car, env), fill(x.cdr))
        return Pair(fill(x.car), fill(x.cdr))
    return fill(args[0])


def call_ec(f):
    tag = object()

    def escape(value=None):
        raise Escape(tag, value)
    try:
        return f(escape)
    except Escape as e:
        if e.tag is not tag:
            raise
        return e.value


def with_handler(handler, thunk):
    try:
        return thunk()
    except SchemeError as e:
        return handler(str(e))
    except (TypeError, ZeroDivisionError, AttributeError) as e:
        return handler('%s: %s' % (type(e).__name__, e))


def fold(op, unit):
    def folded(*args):
        if len(args) == 1 and op in (SUB, DIV):
            return op(unit, args[0])
        total = args[0] if args else unit
        for a in args[1:]:
            total = op(total, a)
        return total
    return folded


def chain(op):
    return lambda *args: all(op(a, b) for a, b in zip(args, args[1:]))


SUB = lambda a, b: a - b
DIV = lambda a, b: a // b if isinstance(a, int) and isinstance(b, int) and a % b == 0 else a / b
OUTPUT = []


def error(message, *irritants):
    raise SchemeError(message, *irritants)


def standard():
    env = Environment()
    for name, value in {
        '+': fold(lambda a, b: a + b, 0), '*': fold(lambda a, b: a * b, 1), '-': fold(SUB, 0), '/': fold(DIV, 1),
        '<': chain(lambda a, b: a < b), '>': chain(lambda a, b: a > b), '=': chain(lambda a, b: a == b),
        '<=': chain(lambda a, b: a <= b), 'equal?': lambda a, b: a == b, 'eq?': lambda a, b: a is b,
        'modulo': lambda a, b: a % b, 'quotient': lambda a, b: a // b, 'abs': abs, 'max': max, 'min': min,
        'cons': Pair, 'car': lambda p: p.car, 'cdr': lambda p: p.cdr, 'list': lambda *a: to_list(a),
        'null?': lambda x: x is NIL, 'pair?': lambda x: isinstance(x, Pair), 'symbol?': lambda x: isinstance(x, Symbol),
        'number?': lambda x: isinstance(x, (int, float)) and not isinstance(x, bool), 'not': lambda x: x is False,
        'string-append': lambda *a: ''.join(a), 'number->string': str, 'string-length': len,
        'symbol->string': lambda s: str.__str__(s), 'length': lambda l: sum(1 for _ in l),
        'append': lambda a, b: to_list(a, b), 'reverse': lambda l: to_list(list(l)[::-1]),
        'apply': lambda f, l: f(*l), 'call/ec': call_ec, 'with-handler': with_handler, 'error': error,
        'display': lambda x: OUTPUT.append(x if isinstance(x, str) else show(x)), 'expt': pow,
    }.items():
        env[Symbol(name)] = value
    run(PRELUDE, env)
    return env


PRELUDE = """
(define (map f l) (if (null? l) '() (cons (f (car l)) (map f (cdr l)))))
(define (filter p l) (cond ((null? l) '()) ((p (car l)) (cons (car l) (filter p (cdr l)))) (else (filter p (cdr l)))))
(define (fold-left f a l) (if (null? l) a (fold-left f (f a (car l)) (cdr l))))
(define (iota n) (let loop ((i (- n 1)) (l '())) (if (< i 0) l (loop (- i 1) (cons i l)))))
(define (compose . fs) (if (null? fs) (lambda (x) x) (lambda (x) ((car fs) ((apply compose (cdr fs)) x)))))
(define-macro (when test . body) `(if ,test (begin ,@body)))
(define-macro (while test . body) `(let loop () (when ,test ,@body (loop))))
(define-macro (swap! a b) `(let ((tmp ,a)) (set! ,a ,b) (set! ,b tmp)))
"""


def run(text, env):
    results = []
    for form in Reader(text).forms():
        results.append(evaluate(form, env))
    return results


PROGRAMS = [
    ("arithmetic", "(+ 1 2 3) (* 2 0.5) (- 5) (/ 6 3) (/ 7 2) (+) (expt 2 100) (max 3 9 2) (modulo -7 3)"),
    ("lists", "(cons 1 2) '(1 (2 3) . 4) (append '(1 2) '(3)) (reverse (iota 6)) (length '(a b c)) `(1 ,(+ 1 1) ,@(iota 3))"),
    ("closures", """
        (define (counter) (let ((n 0)) (lambda () (set! n (+ n 1)) n)))
        (define a (counter)) (define b (counter))
        (a) (a) (b) (list (a) (b)) a"""),
    ("recursion", """
        (define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))
        (define (hanoi n a b c) (if (= n 0) 0 (+ (hanoi (- n 1) a c b) 1 (hanoi (- n 1) c b a))))
        (define (ack m n) (cond ((= m 0) (+ n 1)) ((= n 0) (ack (- m 1) 1)) (else (ack (- m 1) (ack m (- n 1))))))
        (map fib (iota 12)) (hanoi 6 'a 'b 'c) (ack 2 3)"""),
    ("tail calls", """
        (define (sum n acc) (if (= n 0) acc (sum (- n 1) (+ acc n))))
        (sum 3000 0)
        (define (even? n) (if (= n 0) #t (odd? (- n 1)))) (define (odd? n) (if (= n 0) #f (even? (- n 1))))
        (even? 2001)
        (let loop ((i 0) (l '())) (if (= i 5) l (loop (+ i 1) (cons (* i i) l))))"""),
    ("higher order", """
        (fold-left + 0 (map (lambda (x) (* x x)) (filter odd? (iota 10))))
        ((compose (lambda (x) (+ x 1)) (lambda (x) (* x 2))) 20)
        (apply max '(3 1 4 1 5)) ((lambda args (length args)) 1 2 3) ((lambda (a . r) r) 1 2 3)"""),
    ("macros", """
        (define x 1) (define y 2) (swap! x y) (list x y)
        (define i 0) (while (< i 3) (display i) (display " ") (set! i (+ i 1))) i
        (when #f 1) (and 1 2 #f 3) (or #f 4) (and) (or)"""),
    ("escapes", """
        (call/ec (lambda (k) (map (lambda (x) (if (> x 2) (k (list 'found x)) x)) '(1 2 3 4))))
        (define (find p l) (call/ec (lambda (return) (fold-left (lambda (a x) (when (p x) (return x)) a) #f l))))
        (find even? '(1 3 4 5)) (find even? '(1 3))"""),
    ("handlers", """
        (with-handler (lambda (m) (string-append "caught " m)) (lambda () (error "bad thing:" '(1 "two") 3)))
        (with-handler (lambda (m) m) (lambda () (car 5)))
        (with-handler (lambda (m) m) (lambda () (/ 1 0)))
        (with-handler (lambda (m) m) (lambda () (undefined-name)))
        (with-handler (lambda (m) m) (lambda () ((lambda (x) x))))"""),
    ("queens", """
        (define (safe? q d qs) (or (null? qs) (and (not (= (car qs) q)) (not (= (abs (- (car qs) q)) d)) (safe? q (+ d 1) (cdr qs)))))
        (define (place k n qs)
          (if (= k 0) 1
              (fold-left (lambda (sum q) (if (safe? q 1 qs) (+ sum (place (- k 1) n (cons q qs))) sum)) 0 (iota n))))
        (map (lambda (n) (place n n '())) '(1 2 3 4 5 6))"""),
    ("primes", """
        (define (sieve l) (if (null? l) '() (cons (car l) (sieve (filter (lambda (x) (not (= 0 (modulo x (car l))))) (cdr l))))))
        (sieve (cdr (cdr (iota 60))))"""),
    ("unbound", "(define (f x) (g x)) (define (g x) (+ x missing)) (f 1)"),
    ("not a procedure", "(define (h) (5 6)) (h)"),
    ("syntax", "(+ 1 2"),
    ("stray", "(list 1 2))"),
    ("text", '(display "a\\tb\\"c") "open'),
]


def main():
    env = standard()
    for title, text in PROGRAMS:
        print('==', title)
        try:
            for value in run(text, Environment(env)):
                if value is not None:
                    print('  ', show(value))
        except SchemeError as e:
            print('   error:', e, '| in', ' < '.join(e.trail) or 'top level')
        if OUTPUT:
            print('   output:', repr(''.join(OUTPUT)))
            OUTPUT.clear()
    print(len(Symbol.table), 'symbols;', sorted(Symbol.table)[-5:])


main()
