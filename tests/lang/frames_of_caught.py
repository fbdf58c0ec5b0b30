# A frame that caught an exception and has returned: its traceback still knows its variables and its callers.
kept = []

def chain(f):
    out = []
    while f is not None:
        names = f.f_locals if f.f_code.co_name != '<module>' else {}
        out.append((f.f_code.co_name, f.f_lineno, sorted([(k, v) for k, v in names.items() if type(v) in (int, str)])))
        f = f.f_back
    return out

def show(e):
    tb = e.__traceback__
    while tb is not None:
        print(' ', tb.tb_lineno, chain(tb.tb_frame))
        tb = tb.tb_next

def keep(e, i):
    if i % 1999 == 7:
        kept.append(e)

def done(title):
    print(title, len(kept))
    for e in kept:
        print(type(e).__name__, e.args)
        show(e)
    del kept[:]

# inlined: the variables are those at the return, and so are the caller's
def leaf(x):
    before = x + 1
    try:
        if x % 1999 == 7:
            raise ValueError(x)
        r = x
    except ValueError as e:
        kept.append(e)
        r = -x
    after = before + r
    return after

def middle(x):
    a = x * 2
    b = leaf(x)
    c = a + b
    return c

def outer(n):
    s = 0
    for i in range(n):
        s += middle(i)
        last = i
    return s

print(outer(4500))
done('inlined')

# not inlined: it calls itself
def deep(n, x):
    if n:
        r = deep(n - 1, x)
        after = r + n
        return after
    try:
        r = 1 // (x % 1999 - 7)
    except ZeroDivisionError as e:
        kept.append(e)
        r = 0
    return r

def run(n):
    s = 0
    for i in range(n):
        s += deep(3, i)
    return s

print(run(4500))
done('recursive')

# left by return inside the handler, by continue, by break, at the end of the loop
def ways(i):
    t = 0
    for k in range(6):
        mark = k
        try:
            if i % 1999 == 7:
                raise KeyError(k)
            t += k
        except KeyError as e:
            kept.append(e)
            if k == 1:
                continue
            if k == 4:
                break
        t += 100
    else:
        t += 1000
    tail = t
    return tail

def back(i):
    try:
        if i % 1999 == 7:
            raise KeyError(i)
    except KeyError as e:
        kept.append(e)
        inner = i
        return inner + 1
    finally:
        last = 'finally'
    return i

def run2(n):
    s = 0
    for i in range(n):
        s += ways(i)
        s += back(i)
    return s

print(run2(4100))
done('ways')

# by raising out: the same exception, or another
def again(i):
    try:
        if i % 1999 == 7:
            raise ValueError('first', i)
    except ValueError as e:
        kept.append(e)
        x = i
        if i % 2:
            raise
        raise TypeError('second', i)
    return 1

def run3(n):
    s = 0
    for i in range(n):
        try:
            s += again(i)
        except (ValueError, TypeError) as e:
            kept.append(e)
            s -= 1
    end = s
    return end

print(run3(4100))
done('raised')

# nested handlers
def nested(i):
    try:
        try:
            if i % 1999 == 7:
                raise ValueError('in', i)
        except ValueError as e:
            kept.append(e)
            level = 1
            try:
                raise KeyError('deeper', i)
            except KeyError as e2:
                kept.append(e2)
                level = 2
            raise IndexError('out', i)
        finally:
            f = 'done'
    except IndexError as e:
        kept.append(e)
        level = 3
    final = level if i % 1999 == 7 else 0
    return final

def run4(n):
    s = 0
    for i in range(n):
        s += nested(i)
    return s

print(run4(4100))
done('nested')

# cells, and variables that are deleted
def cells(i):
    shared = i
    gone = 'gone'
    def add(k):
        nonlocal shared
        shared += k
        return shared
    try:
        if i % 1999 == 7:
            raise ValueError(i)
    except ValueError as e:
        kept.append(e)
        add(1)
        del gone
    add(1000)
    return shared

def run5(n):
    s = 0
    for i in range(n):
        s += cells(i)
    return s

print(run5(4100))
done('cells')

# asked while the frame still runs, after the handler has ended
def asked(i):
    first = i
    try:
        if i % 1999 == 7:
            raise ValueError(i)
    except ValueError as e:
        held = e
    else:
        held = None
    second = i + 1
    if held is not None:
        show(held)
    third = i + 2
    if held is not None:
        kept.append(held)
    return third

def run6(n):
    s = 0
    for i in range(n):
        s += asked(i)
    return s

print(run6(4100))
done('asked')

# one frame object for all that a frame caught; another frame another one
def several(i):
    got = []
    for k in (1, 2, 3):
        try:
            raise ValueError(k)
        except ValueError as e:
            got.append(e)
    return got

def same(n):
    out = set()
    before = None
    for i in range(n):
        got = several(i)
        frames = [e.__traceback__.tb_frame for e in got] if i % 1100 == 1099 else None
        if frames:
            out.add((frames[0] is frames[1], frames[1] is frames[2], frames[0] is before, frames[0].f_locals['i'] == i))
            before = frames[0]
    return out

print(same(3300))

# the exception goes on living in another's traceback
def again_elsewhere(e):
    raise e

def elsewhere(i):
    here = i
    try:
        raise ValueError(i)
    except ValueError as e:
        held = e
    try:
        again_elsewhere(held)
    except ValueError as e:
        if i % 1999 == 7:
            kept.append(e)
    return here

def run7(n):
    s = 0
    for i in range(n):
        s += elsewhere(i)
    return s

print(run7(4100))
done('elsewhere')

# called back by a builtin from native code
def key(x):
    try:
        return 100 // (x - 5)
    except ZeroDivisionError as e:
        kept.append(e)
        zero = x
        return 0

def sorts(n):
    s = 0
    for i in range(n):
        l = sorted([i % 7, 3, 5 if i % 1999 == 7 else 4], key=key)
        if i > 4004:
            break
        del kept[:]
        s += l[0]
    return s

print(sorts(4100))
done('called back')
