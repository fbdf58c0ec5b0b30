"""`deque` where the engine has none of its own."""

from operator import index as _index
from sys import maxsize as _maxsize

_PLAIN = (list, tuple, range, str, bytes, set, frozenset, dict)
_reprs_running = set()


def _walk(q, d, h, n):
    # A change of the queue moves its start or its end, or gives it another list.
    for i in range(h, n):
        if q._h != h or len(d) != n or q._d is not d:
            raise RuntimeError("deque mutated during iteration")
        yield d[i]
    if q._h != h or len(d) != n or q._d is not d:
        raise RuntimeError("deque mutated during iteration")


class _deque_reverse_iterator:
    """The items of a deque from right to left."""

    __slots__ = ("_work", "_left")

    def __init__(self, q, index=0):
        if not isinstance(q, deque):
            raise TypeError(f"deque() argument 1 must be collections.deque, not {type(q).__name__}")
        d = q._d
        n = len(d)
        self._left = max(n - q._h - max(index, 0), 0)
        self._work = self._walk(q, d, q._h, n)

    def _walk(self, q, d, h, n):
        while True:
            if q._h != h or len(d) != n or q._d is not d:
                self._left = 0
                raise RuntimeError("deque mutated during iteration")
            left = self._left
            if not left:
                return
            self._left = left - 1
            yield d[h + left - 1]

    def __iter__(self):
        # A loop goes straight to the work.
        return self._work

    def __next__(self):
        return next(self._work)

    def __length_hint__(self):
        return self._left


def _copied(q):
    new = q.__copy__()
    if not isinstance(new, deque):
        raise TypeError(
            f"{type(q).__name__}() must return a deque, not {type(new).__name__}")
    return new


def _multiplied(q, n):
    """A deque times what is no integer: that must know how."""
    t = type(n)
    if hasattr(t, "__rmul__") and not hasattr(t, "__len__"):
        result = t.__rmul__(n, q)
        if result is not NotImplemented:
            return result
    raise TypeError(f"can't multiply sequence by non-int of type '{t.__name__}'")


class deque:
    """A queue with two ends, cheap at both."""

    # The items are those of _d from _h on; before them is room for appendleft.
    __slots__ = ("_d", "_h", "_maxlen", "__weakref__")

    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        self._d = []
        self._h = 0
        self._maxlen = None
        return self

    def __init__(self, iterable=None, maxlen=None, *more):
        if more:
            raise TypeError(f"deque() takes at most 2 arguments ({len(more) + 2} given)")
        if maxlen is not None:
            if not isinstance(maxlen, int):
                raise TypeError("an integer is required")
            if maxlen > _maxsize or maxlen < -_maxsize - 1:
                raise OverflowError("Python int too large to convert to C ssize_t")
            if maxlen < 0:
                raise ValueError("maxlen must be non-negative")
        self._maxlen = maxlen
        if self._d:
            self.clear()
        if iterable is not None:
            deque.extend(self, iterable)

    @property
    def maxlen(self):
        """How many items there may be, or None."""
        return self._maxlen

    @maxlen.setter
    def maxlen(self, value):
        raise AttributeError("attribute 'maxlen' of 'collections.deque' objects is not writable")

    def append(self, x, /):
        """Add an item at the right end."""
        d = self._d
        d.append(x)
        if self._maxlen is not None and len(d) - self._h > self._maxlen:
            deque.popleft(self)

    def appendleft(self, x, /):
        """Add an item at the left end."""
        h = self._h
        d = self._d
        if not h:
            h = len(d) + 16
            d[:0] = [None] * h
        h -= 1
        d[h] = x
        self._h = h
        if self._maxlen is not None and len(d) - h > self._maxlen:
            d.pop()

    def pop(self):
        """Remove the rightmost item and return it."""
        d = self._d
        if len(d) > self._h:
            return d.pop()
        raise IndexError("pop from an empty deque")

    def popleft(self):
        """Remove the leftmost item and return it."""
        d = self._d
        h = self._h
        if h >= len(d):
            raise IndexError("pop from an empty deque")
        x = d[h]
        d[h] = None
        h += 1
        if h > 64 and h + h > len(d):
            del d[:h]
            h = 0
        self._h = h
        return x

    def clear(self):
        """Remove all items."""
        self._d = []
        self._h = 0

    def extend(self, iterable, /):
        """Append all items of an iterable."""
        if iterable is self:
            iterable = self._d[self._h:]
        if self._maxlen is None:
            if type(iterable) in _PLAIN:
                self._d.extend(iterable)
            else:
                for x in iterable:
                    self._d.append(x)
        else:
            for x in iterable:
                deque.append(self, x)

    def extendleft(self, iterable, /):
        """Append all items of an iterable at the left, one after the other."""
        if iterable is self:
            iterable = self._d[self._h:]
        for x in iterable:
            deque.appendleft(self, x)

    def rotate(self, n=1, /):
        """Move items from the right end to the left; with a negative number the other way."""
        if isinstance(n, float):
            raise TypeError("integer argument expected, got float")
        n = _index(n)
        d = self._d
        h = self._h
        size = len(d) - h
        if size < 2:
            return
        n %= size
        if not n:
            return
        if n <= size >> 1:
            tail = d[-n:]
            del d[-n:]
            if h >= n:
                d[h - n:h] = tail
                self._h = h - n
            else:
                # With room for the next time.
                room = n + (size >> 1)
                d[:h] = [None] * room + tail
                self._h = room
        else:
            n = size - n
            head = d[h:h + n]
            if h > size:
                del d[:h + n]
                self._h = 0
            else:
                d[h:h + n] = [None] * n
                self._h = h + n
            d.extend(head)

    def reverse(self):
        """Turn the order around."""
        h = self._h
        self._d[h:] = self._d[:h - 1:-1] if h else self._d[::-1]

    def insert(self, i, x, /):
        """Insert an item before an index."""
        if isinstance(i, float):
            raise TypeError("integer argument expected, got float")
        i = _index(i)
        d = self._d
        h = self._h
        n = len(d) - h
        if n == self._maxlen:
            raise IndexError("deque already at its maximum size")
        if i < 0:
            i += n
        if i <= 0:
            deque.appendleft(self, x)
        elif i >= n:
            d.append(x)
        else:
            d.insert(h + i, x)

    def index(self, x, start=0, stop=_maxsize, /):
        """Where an item is first; ValueError when it is not there."""
        d = self._d
        h = self._h
        end = len(d)
        n = end - h
        try:
            start = _index(start)
            stop = _index(stop)
        except TypeError:
            raise TypeError(
                "slice indices must be integers or have an __index__ method") from None
        if start < 0:
            start = max(start + n, 0)
        if stop < 0:
            stop += n
        for i in range(start, min(stop, n)):
            v = d[h + i]
            found = v is x or v == x
            if self._h != h or len(d) != end or self._d is not d:
                raise RuntimeError("deque mutated during iteration")
            if found:
                return i
        raise ValueError(f"{x!r} is not in deque")

    def count(self, x, /):
        """How often an item is there."""
        n = 0
        for v in deque.__iter__(self):
            if v is x or v == x:
                n += 1
        return n

    def remove(self, x, /):
        """Remove the first such item; ValueError when there is none."""
        d = self._d
        h = self._h
        n = len(d)
        for i in range(h, n):
            v = d[i]
            found = v is x or v == x
            if self._h != h or len(d) != n or self._d is not d:
                raise IndexError("deque mutated during remove().")
            if found:
                del d[i]
                return
        raise ValueError("deque.remove(x): x not in deque")

    def __contains__(self, x):
        for v in deque.__iter__(self):
            if v is x or v == x:
                return True
        return False

    def __len__(self):
        return len(self._d) - self._h

    def __bool__(self):
        return len(self._d) > self._h

    def __iter__(self):
        d = self._d
        return _walk(self, d, self._h, len(d))

    def __reversed__(self):
        """The items from right to left."""
        return _deque_reverse_iterator(self)

    def _at(self, i):
        try:
            i = _index(i)
        except TypeError:
            t = type(i)
            if hasattr(t, "__index__"):
                raise
            raise TypeError(f"sequence index must be integer, not '{t.__name__}'") from None
        h = self._h
        n = len(self._d)
        if i < 0:
            i += n
        else:
            i += h
        if h <= i < n:
            return i
        raise IndexError("deque index out of range")

    def __getitem__(self, i):
        return self._d[self._at(i)]

    def __setitem__(self, i, x):
        self._d[self._at(i)] = x

    def __delitem__(self, i):
        del self._d[self._at(i)]

    def __copy__(self):
        if self._maxlen is None:
            return type(self)(self)
        return type(self)(self, self._maxlen)

    def copy(self):
        """Another deque with the same items."""
        return self.__copy__()

    def __reduce__(self):
        args = () if self._maxlen is None else ((), self._maxlen)
        return type(self), args, getattr(self, "__dict__", None), iter(self)

    def __repr__(self):
        key = id(self)
        if key in _reprs_running:
            return "[...]"
        _reprs_running.add(key)
        try:
            items = repr(list(self))
        finally:
            _reprs_running.discard(key)
        name = type(self).__name__
        if self._maxlen is None:
            return f"{name}({items})"
        return f"{name}({items}, maxlen={self._maxlen})"

    def __add__(self, other):
        if not isinstance(other, deque):
            # Whoever can add itself to something may.
            t = type(other)
            if hasattr(t, "__radd__"):
                result = t.__radd__(other, self)
                if result is not NotImplemented:
                    return result
            raise TypeError(f'can only concatenate deque (not "{t.__name__}") to deque')
        new = _copied(self)
        new.extend(other)
        return new

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __imul__(self, n):
        t = type(n)
        if not hasattr(t, "__index__"):
            return _multiplied(self, n)
        n = _index(n)
        items = self._d[self._h:]
        if n <= 0 or not items:
            self.clear()
            return self
        limit = self._maxlen
        if limit is not None and len(items) * n > limit:
            if not limit:
                self.clear()
                return self
            n = min(n, -(-limit // len(items)) + 1)
            items = (items * n)[-limit:]
        else:
            items = items * n
        self._d = items
        self._h = 0
        return self

    def __mul__(self, n):
        if not hasattr(type(n), "__index__"):
            return _multiplied(self, n)
        return deque.__imul__(_copied(self), n)

    __rmul__ = __mul__

    __hash__ = None

    def __eq__(self, other):
        if not isinstance(other, deque):
            return NotImplemented
        if self is other:
            return True
        return len(self) == len(other) and list(self) == list(other)

    def __ne__(self, other):
        if not isinstance(other, deque):
            return NotImplemented
        if self is other:
            return False
        return len(self) != len(other) or list(self) != list(other)

    def __lt__(self, other):
        if not isinstance(other, deque):
            return NotImplemented
        return list(self) < list(other)

    def __le__(self, other):
        if not isinstance(other, deque):
            return NotImplemented
        return self is other or list(self) <= list(other)

    def __gt__(self, other):
        if not isinstance(other, deque):
            return NotImplemented
        return list(self) > list(other)

    def __ge__(self, other):
        if not isinstance(other, deque):
            return NotImplemented
        return self is other or list(self) >= list(other)


deque.__module__ = "collections"
_deque_reverse_iterator.__module__ = "_collections"
