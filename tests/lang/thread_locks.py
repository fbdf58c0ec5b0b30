# _thread's locks: acquire and release, as context managers, their errors.
import _thread

lock = _thread.allocate_lock()
print(type(lock), lock.locked(), lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(blocking=0))
print(lock.acquire(True, 0.01), lock.acquire(timeout=0), repr(lock)[:29])
print(lock.release(), lock.locked(), repr(lock)[:31])


def attempt(f, *args, **kw):
    try:
        print(f(*args, **kw))
    except Exception as e:
        print(type(e).__name__, e)


attempt(lock.release)
attempt(lock.acquire, False, 1)
attempt(lock.acquire, True, -2)
attempt(lock.acquire, timeout=1e20)
attempt(lock.acquire, True, float('nan'))
attempt(lock.acquire, 'x')
attempt(lock.acquire, 1, 1, 1)
attempt(_thread.LockType)
with lock as got:
    print(got, lock.locked())
print(lock.locked())
r = _thread.RLock()
print(r.acquire(), r.acquire(), r._is_owned())
with r:
    r.release()
r.release()
print(r._is_owned())
attempt(r.release)
try:
    with lock:
        with r:
            raise KeyError('x')
except KeyError as e:
    print(e, lock.locked(), r._is_owned())
attempt(lock.__exit__, None, None, None)
print(_thread.error is RuntimeError, lock.__enter__(), lock.__exit__(), _thread.TIMEOUT_MAX)
