# contextlib: ExitStack unwinds in reverse order, hands over, swallows and chains exceptions.
from contextlib import ExitStack, contextmanager

log = []
@contextmanager
def res(n, fail=None):
    log.append('open %s' % n)
    try:
        yield n
    finally:
        log.append('close %s' % n)
        if fail:
            raise fail

def show(f):
    log.clear()
    try:
        r = repr(f())
    except Exception as e:
        r = []
        while e is not None:
            r.append(repr(e))
            e = e.__context__
    print(r, log)

def several():
    with ExitStack() as s:
        return [s.enter_context(res(i)) for i in range(3)]
show(several)

def callbacks():
    with ExitStack() as s:
        s.callback(log.append, 'last')
        s.callback(lambda *a, **k: log.append((a, k)), 1, x=2)
        @s.callback
        def _():
            log.append('first')
        return 'done'
show(callbacks)

def handed():
    with ExitStack() as s:
        s.enter_context(res('kept'))
        keep = s.pop_all()
    log.append('block left')
    keep.close()
show(handed)

def swallows():
    with ExitStack() as s:
        s.push(lambda *exc: log.append(exc[0].__name__) or True)
        s.enter_context(res('inner'))
        raise ValueError('v')
    return 'quiet'
show(swallows)

def chained():
    with ExitStack() as s:
        s.enter_context(res('a', KeyError('a')))
        s.enter_context(res('b', IndexError('b')))
        raise ValueError('v')
show(chained)

def replaced_then_swallowed():
    with ExitStack() as s:
        s.push(lambda *exc: log.append(repr(exc[1])) or True)
        s.enter_context(res('a', KeyError('a')))
        raise ValueError('v')
    return 'fine'
show(replaced_then_swallowed)

def missing():
    with ExitStack() as s:
        s.enter_context(3)
show(missing)
def optional(use):
    with ExitStack() as s:
        x = s.enter_context(res('opt')) if use else None
        return x
show(lambda: optional(True)); show(lambda: optional(False))
