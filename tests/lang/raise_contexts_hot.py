# What is handled, and what that is the context of, where one exception ends the handler of another.
import sys

class Low(Exception):
    def __init__(self, n):
        super().__init__(n)
        self.n = n

class High(Exception):
    def __init__(self, n):
        super().__init__(n)
        self.n = n

def low(n):
    raise Low(n)

def high(n):
    try:
        low(n)
    except Low as e:
        raise High(e.n + 1)

def chain(e):
    out = []
    while e is not None:
        tb, lines = e.__traceback__, []
        while tb is not None:
            lines.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
            tb = tb.tb_next
        out.append((type(e).__name__, e.args, e.__suppress_context__, repr(e.__cause__), lines))
        e = e.__context__
    return out

def main(n):
    seen = set()
    kept = None
    for i in range(n):
        try:
            try:
                low(i)
            except Low as e:
                mine = e
                try:
                    high(i)
                except High as h:
                    seen.add((sys.exc_info()[1] is h, h.__context__.__context__ is e, h.__context__ is e))
                    one = h
                seen.add(sys.exc_info()[1] is e)
                raise High(-i)
        except High as e:
            seen.add((e.__context__ is mine, sys.exc_info()[1] is e))
            kept = e
        seen.add(sys.exc_info())
        try:
            e
        except UnboundLocalError as u:
            seen.add(u.args)
    return sorted(map(repr, seen)), kept, one

def returns(n):
    out = 0
    for i in range(n):
        def inner():
            try:
                low(i)
            finally:
                return 1
        out += inner()
        while True:
            try:
                try:
                    low(i)
                finally:
                    out += 1
                    break
            except Low:
                out += 1000
        out += sys.exc_info() == (None, None, None)
    return out

def stored(n):
    # One object that is raised again and again: its lines add up.
    e = Low(0)
    lines = 0
    for i in range(n):
        try:
            try:
                raise e
            except Low:
                raise e
        except Low as x:
            assert x is e and x.__context__ is None
    t = e.__traceback__
    while t is not None:
        lines += 1
        t = t.tb_next
    return lines

def gen(n):
    for i in range(n):
        try:
            low(i)
        except Low as e:
            yield e.n, sys.exc_info()[1] is e
        yield sys.exc_info()[1]

out, kept, one = main(400)
print(out)
print(chain(kept))
print(chain(one))
print(returns(400))
print(stored(200))
print(list(gen(300))[-4:])
try:
    raise KeyError('outer')
except KeyError:
    print(list(gen(3)))
