# break and continue through finally bodies inside loops, nested.
def breaks(n):
    out = []
    for i in range(n):
        try:
            if i == 3:
                break
            out.append(i)
        finally:
            out.append('f')
    else:
        out.append('else')
    out.append('end')
    return out


def continues(n):
    out = []
    for i in range(n):
        try:
            if i % 2:
                continue
            out.append(i)
        finally:
            out.append('f')
    else:
        out.append('else')
    return out


def nested(n):
    out = []
    i = 0
    while True:
        i += 1
        try:
            try:
                if i == 2:
                    continue
                if i == n:
                    break
                out.append(i)
            finally:
                out.append('a')
        finally:
            out.append('b')
    return out


def from_handlers(keys):
    out = []
    d = {1: 'one', 3: 'three'}
    for k in keys:
        try:
            out.append(d[k])
        except KeyError as e:
            if k == 2:
                continue
            if k == 9:
                break
            out.append(e.args)
        except TypeError:
            out.append('unhashable')
            continue
        else:
            out.append('found')
        finally:
            out.append(k)
    try:
        e
    except NameError as err:
        out.append(str(err))
    return out


def break_in_body(n):
    out = []
    for i in range(n):
        try:
            if i == 1:
                1 / 0
            out.append(i)
        finally:
            if i == 1:
                break
    return out


def loop_in_try(n):
    out = []
    try:
        while n:
            n -= 1
            if n == 5:
                continue
            if n == 2:
                break
            try:
                if n == 4:
                    continue
                out.append(n)
            except ZeroDivisionError:
                pass
    finally:
        out.append('f')
    return out


def two_loops():
    out = []
    for i in range(3):
        try:
            for j in range(3):
                try:
                    if j == 1:
                        continue
                    if i == 1:
                        break
                    if i == 2:
                        return out
                    out.append((i, j))
                finally:
                    out.append('in')
        finally:
            out.append('out')


def body_of_body():
    out = []
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
        finally:
            try:
                if i == 2:
                    raise ValueError(i)
            except ValueError as e:
                out.append(e.args)
            finally:
                out.append(i)
    return out


for n in (2, 5):
    print(breaks(n), continues(n), break_in_body(n))
print(nested(4))
print(from_handlers([1, 2, 3, 4, [], 9, 1]))
print(loop_in_try(8))
print(two_loops())
print(body_of_body())
