# return, break and continue through `with` inside loops; __exit__ with and without an exception.
import _thread

lock = _thread.allocate_lock()
other = _thread.RLock()


def plain():
    with lock as got:
        print(got, lock.locked())
    return lock.locked()


def returns():
    for i in range(3):
        with lock:
            if i == 1:
                return i, lock.locked()


def breaks():
    for i in range(3):
        with lock:
            with other:
                if i == 1:
                    break
    return i, lock.locked()


def continues():
    n = 0
    while n < 5:
        n += 1
        with lock:
            if n % 2:
                continue
            with other as r:
                if n == 4:
                    continue
    return n, lock.locked(), r


def raises():
    try:
        with lock, other:
            print(lock.locked())
            1 / 0
    except ZeroDivisionError as e:
        return e, lock.locked(), e.__traceback__.tb_lasti


def mixed():
    out = []
    for i in range(6):
        try:
            with lock:
                try:
                    if i == 1:
                        continue
                    if i == 2:
                        {}[i]
                    if i == 4:
                        break
                    if i == 5:
                        return 'never'
                finally:
                    out.append((i, lock.locked()))
        except KeyError as e:
            out.append(e.args)
            with other:
                continue
        finally:
            out.append(lock.locked())
    return out


def exit_fails():
    with lock:
        lock.release()


print(plain(), returns(), breaks(), continues(), raises())
print(mixed())
try:
    exit_fails()
except RuntimeError as e:
    t = e.__traceback__
    print(e, t.tb_next.tb_lineno, t.tb_next.tb_lasti)
try:
    with 5:
        pass
except AttributeError as e:
    print(e)
for i in range(500):
    assert breaks() == (1, False)
print(returns())
