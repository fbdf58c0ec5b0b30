# the exception being handled after nested handlers
import sys
def cur():
    return sys.exc_info()[1]
def f():
    out = [repr(cur())]
    try:
        raise ValueError('a')
    except ValueError:
        out.append(repr(cur()))
        try:
            raise KeyError('b')
        except KeyError:
            out.append(repr(cur()))
        out.append(repr(cur()))
        try:
            out.append(repr(cur()))
        finally:
            out.append(repr(cur()))
    out.append(repr(cur()))
    return out
print(f())
def g():
    try:
        raise ValueError('x')
    except ValueError:
        return h()
def h():
    return repr(cur())
print(g(), repr(cur()))
def k():
    for i in range(2):
        try:
            raise ValueError(i)
        except ValueError:
            continue
    return repr(cur())
print(k())
def in_finally():
    try:
        try:
            raise ValueError('f')
        finally:
            r = repr(cur())
    except ValueError:
        pass
    return r
print(in_finally())
