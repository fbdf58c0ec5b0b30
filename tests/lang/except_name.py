# the name of except … as is gone afterwards
def f():
    e = 'before'
    try:
        raise ValueError('v')
    except ValueError as e:
        pass
    try:
        return e
    except NameError as n:
        return type(n).__name__, str(n)
print(f())
try:
    raise KeyError('k')
except KeyError as err:
    saved = err
try:
    err
except NameError as n:
    print(n)
print(repr(saved), saved.args, str(saved), str(ValueError('a', 'b')), str(ValueError()), repr(ValueError('x')))
def loop():
    out = []
    for i in range(4):
        try:
            if i % 2:
                raise ValueError(i)
        except ValueError as e:
            out.append(e.args[0])
            continue
        out.append(-i)
    return out
print(loop())
def early():
    try:
        raise ValueError('r')
    except ValueError as e:
        return str(e)
print(early())
