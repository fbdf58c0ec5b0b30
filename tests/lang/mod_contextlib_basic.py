# contextlib: context managers from generators, how exceptions go through them; suppress, closing,
# nullcontext, redirect_stdout, as decorators.
from contextlib import contextmanager, closing, suppress, nullcontext, redirect_stdout, ContextDecorator
from contextlib import AbstractContextManager

def t(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e, '/', repr(e.__cause__), e.__suppress_context__)

@contextmanager
def tag(name, swallow=()):
    print('<%s>' % name)
    try:
        yield name.upper()
    except swallow as e:
        print('swallowed', repr(e))
    finally:
        print('</%s>' % name)

def normal():
    with tag('a') as x, tag('b') as y:
        return x + y
def raising():
    with tag('a', KeyError):
        with tag('b'):
            raise KeyError('k')
    return 'after'
def through():
    with tag('a', KeyError):
        raise ValueError('v')
t(normal); t(raising); t(through)

@contextmanager
def silent():
    if False:
        yield
@contextmanager
def twice():
    yield 1
    yield 2
@contextmanager
def keeps_on():
    try:
        yield
    except ValueError:
        yield
@contextmanager
def other():
    try:
        yield
    except ValueError as e:
        raise TypeError('other') from e
def use(cm, exc=None):
    with cm():
        if exc:
            raise exc
t(lambda: use(silent)); t(lambda: use(twice)); t(lambda: use(keeps_on, ValueError(1))); t(lambda: use(other, ValueError(2)))
t(lambda: use(tag.__wrapped__ and (lambda: tag('s', StopIteration)), StopIteration('x')))

class Res:
    def close(self): print('closed')
with closing(Res()) as r:
    print(type(r).__name__)
with suppress(KeyError, IndexError):
    [][1]
    print('not here')
with nullcontext(5) as n:
    print(n)
class Sink:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s)
sink = Sink()
with redirect_stdout(sink):
    print('into the sink')
print(sink.parts)
@tag('deco')
def body(n):
    return n * 2
t(lambda: body(4)); t(lambda: body(5))
class Deco(ContextDecorator):
    def __enter__(self): print('in'); return self
    def __exit__(self, *e): print('out', e[0]); return True
@Deco()
def fails():
    raise OSError('hidden')
t(fails)
t(lambda: (issubclass(Deco, AbstractContextManager), AbstractContextManager()))
