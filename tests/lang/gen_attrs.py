# Attributes of generators, their frames and code; repr; errors of assignment.
import types


def named(a, b):
    c = a + b
    yield c
    d = c * 2
    yield d


g = named(1, 2)
print(type(g), type(g).__name__, isinstance(g, types.GeneratorType), iter(g) is g)
print(g.__name__, g.__qualname__, g.gi_running, g.gi_yieldfrom, g.gi_code is named.__code__, g.gi_code.co_flags & 0x20)
f = g.gi_frame
print(f.f_lasti, f.f_lineno, f.f_locals, f.f_back, f.f_code.co_name)
next(g)
print(f is g.gi_frame, f.f_lasti > 0, f.f_lineno, f.f_locals, f.f_back)
next(g)
print(f.f_lineno, f.f_locals)
print(list(g), g.gi_frame, g.gi_code.co_name, f.f_locals, g.gi_running)
print(repr(g).split(' at ')[0], str(g).split(' at ')[0])
g.__name__ = 'other'
g.__qualname__ = 'a.b.other'
print(g.__name__, repr(g).split(' at ')[0])
for bad in ('__name__', '__qualname__'):
    try:
        setattr(g, bad, 3)
    except TypeError as e:
        print(e)
    try:
        delattr(g, bad)
    except TypeError as e:
        print(e)
for bad in ('gi_frame', 'gi_code', 'gi_running', 'gi_yieldfrom', 'nothing'):
    try:
        setattr(g, bad, 3)
    except AttributeError as e:
        print(e)
print([n for n in dir(g) if not n.startswith('__')], hasattr(g, '__del__'), hasattr(g, '__next__'))
try:
    types.GeneratorType()
except TypeError as e:
    print(e)


def running():
    print(me.gi_running, me.gi_frame.f_lineno, me.gi_frame.f_back.f_code.co_name)
    for f in (lambda: next(me), lambda: me.send(1), lambda: me.throw(ValueError), lambda: me.close()):
        try:
            f()
        except ValueError as e:
            print(e)
    yield 1


me = running()


def caller():
    return next(me)


print(caller(), me.gi_running, me.gi_frame.f_back)
f = me.gi_frame
f.clear()
print(list(me), f.f_locals, me.gi_frame)
named.__name__ = 'renamed'
named.__qualname__ = 'q.renamed'
print(named(1, 2).__name__, named(1, 2).__qualname__, named(1, 2).gi_code.co_name)
h = hash(g)
print(h == hash(g), g == g, g != me, bool(g))
