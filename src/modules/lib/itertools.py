"""Iterators made of iterators."""

from sys import maxsize as _maxsize

_end = object()


class _Iterator:
    """An iterator whose work a generator does: a loop over it goes straight to that."""

    __slots__ = ("_work", "__weakref__")

    def __iter__(self):
        return self._work

    def __next__(self):
        return next(self._work)


def _index(n):
    try:
        return n.__index__()
    except AttributeError:
        raise TypeError(
            f"'{type(n).__name__}' object cannot be interpreted as an integer") from None


# What goes on and on

class count(_Iterator):
    """start, start + step, start + 2 * step, …"""

    __slots__ = ("_next", "_step")

    def __new__(cls, start=0, step=1):
        for n in (start, step):
            if not (isinstance(n, (int, float, complex)) or hasattr(type(n), "__float__")
                    or hasattr(type(n), "__index__")):
                raise TypeError("a number is required")
        self = super().__new__(cls)
        self._next = start
        self._step = step
        self._work = self._count()
        return self

    def _count(self):
        while True:
            n = self._next
            self._next = n + self._step
            yield n

    def __repr__(self):
        name = type(self).__name__
        if isinstance(self._step, int) and self._step == 1:
            return f"{name}({self._next!r})"
        return f"{name}({self._next!r}, {self._step!r})"

    def __reduce__(self):
        if isinstance(self._step, int) and self._step == 1:
            return type(self), (self._next,)
        return type(self), (self._next, self._step)


class repeat(_Iterator):
    """An object again and again, or so many times."""

    __slots__ = ("_object", "_left")

    def __new__(cls, object, times=None):
        self = super().__new__(cls)
        self._object = object
        # -1: for ever
        self._left = -1 if times is None else max(_index(times), 0)
        self._work = self._repeat()
        return self

    def _repeat(self):
        x = self._object
        while self._left:
            if self._left > 0:
                self._left -= 1
            yield x

    def __length_hint__(self):
        if self._left < 0:
            raise TypeError("len() of unsized object")
        return self._left

    def __repr__(self):
        name = type(self).__name__
        if self._left < 0:
            return f"{name}({self._object!r})"
        return f"{name}({self._object!r}, {self._left})"

    def __reduce__(self):
        if self._left < 0:
            return type(self), (self._object,)
        return type(self), (self._object, self._left)


class cycle(_Iterator):
    """The items of an iterable, over and over."""

    __slots__ = ()

    def __new__(cls, iterable, /):
        self = super().__new__(cls)
        self._work = _cycle(iter(iterable))
        return self


def _cycle(it):
    saved = []
    for x in it:
        saved.append(x)
        yield x
    while saved:
        yield from saved


# What takes some items

class chain(_Iterator):
    """The items of one iterable after those of another."""

    __slots__ = ()

    def __new__(cls, *iterables):
        self = super().__new__(cls)
        self._work = _chain(iter(iterables))
        return self

    @classmethod
    def from_iterable(cls, iterable, /):
        """The same for an iterable of iterables."""
        self = super().__new__(cls)
        self._work = _chain(iter(iterable))
        return self


def _chain(iterables):
    for it in iterables:
        for x in it:
            yield x


class islice(_Iterator):
    """Items from a place to another."""

    __slots__ = ()

    def __new__(cls, iterable, *args):
        if not args:
            raise TypeError("islice expected at least 2 arguments, got 1")
        if len(args) > 3:
            raise TypeError(f"islice expected at most 4 arguments, got {len(args) + 1}")
        start, step = 0, 1
        if len(args) == 1:
            stop = _place(args[0], "Stop argument")
        else:
            stop = _place(args[1], "Stop argument")
            start = _place(args[0], "Indices") or 0
        if len(args) == 3 and args[2] is not None:
            step = args[2]
            try:
                step = step.__index__()
            except AttributeError:
                step = 0
            if not 0 < step <= _maxsize:
                raise ValueError("Step for islice() must be a positive integer or None.")
        self = super().__new__(cls)
        self._work = _islice(iter(iterable), start, stop, step)
        return self


def _place(n, what):
    if n is None:
        return None
    try:
        n = n.__index__()
    except AttributeError:
        n = -1
    if not 0 <= n <= _maxsize:
        raise ValueError(
            f"{what} for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    return n


def _islice(it, at, stop, step):
    # What is left out is taken from the iterator too, up to the last place.
    seen = 0
    while True:
        while seen < at:
            for _ in it:
                break
            else:
                return
            seen += 1
        if stop is not None and seen >= stop:
            return
        for x in it:
            break
        else:
            return
        seen += 1
        at += step
        if stop is not None and at > stop:
            at = stop
        yield x


class compress(_Iterator):
    """The items that have something true beside them."""

    __slots__ = ()

    def __new__(cls, data, selectors):
        self = super().__new__(cls)
        self._work = _compress(iter(data), iter(selectors))
        return self


def _compress(data, selectors):
    for x in data:
        for s in selectors:
            break
        else:
            return
        if s:
            yield x


class dropwhile(_Iterator):
    """The items from the first that is refused on."""

    __slots__ = ()

    def __new__(cls, predicate, iterable, /):
        self = super().__new__(cls)
        self._work = _dropwhile(predicate, iter(iterable))
        return self


def _dropwhile(predicate, it):
    for x in it:
        if not predicate(x):
            yield x
            break
    yield from it


class takewhile(_Iterator):
    """The items before the first that is refused."""

    __slots__ = ()

    def __new__(cls, predicate, iterable, /):
        self = super().__new__(cls)
        self._work = _takewhile(predicate, iter(iterable))
        return self


def _takewhile(predicate, it):
    for x in it:
        if not predicate(x):
            return
        yield x


class filterfalse(_Iterator):
    """The items that are refused."""

    __slots__ = ()

    def __new__(cls, function, iterable, /):
        self = super().__new__(cls)
        self._work = _filterfalse(function, iter(iterable))
        return self


def _filterfalse(function, it):
    if function is None or function is bool:
        for x in it:
            if not x:
                yield x
    else:
        for x in it:
            if not function(x):
                yield x


# What makes something of the items

class accumulate(_Iterator):
    """Sums of the items so far, or what a function makes of the last result and the next item."""

    __slots__ = ()

    def __new__(cls, iterable, func=None, *, initial=None):
        self = super().__new__(cls)
        self._work = _accumulate(iter(iterable), func, initial)
        return self


def _accumulate(it, func, total):
    if total is None:
        for total in it:
            break
        else:
            return
    yield total
    if func is None:
        for x in it:
            total = total + x
            yield total
    else:
        for x in it:
            total = func(total, x)
            yield total


class starmap(_Iterator):
    """What a function gives for each tuple of arguments."""

    __slots__ = ()

    def __new__(cls, function, iterable, /):
        self = super().__new__(cls)
        self._work = _starmap(function, iter(iterable))
        return self


def _starmap(function, it):
    for args in it:
        if args.__class__ is not tuple:
            args = tuple(args)
        yield function(*args)


class zip_longest(_Iterator):
    """Tuples of one item of each iterable, filled up where one has ended."""

    __slots__ = ()

    def __new__(cls, *iterables, **kwargs):
        fill = kwargs.pop("fillvalue", None)
        if kwargs:
            raise TypeError("zip_longest() got an unexpected keyword argument")
        self = super().__new__(cls)
        self._work = _zip_longest([iter(it) for it in iterables], fill)
        return self


def _zip_longest(its, fill):
    left = len(its)
    while left:
        row = []
        for i, it in enumerate(its):
            x = fill
            if it is not None:
                x = next(it, _end)
                if x is _end:
                    x = fill
                    its[i] = None
                    left -= 1
                    if not left:
                        return
            row.append(x)
        yield tuple(row)


class _grouper(_Iterator):
    __slots__ = ()


class groupby(_Iterator):
    """Keys and groups of items that follow each other and have the same key."""

    # _item is the last that was taken from the iterable; _group the generator that may take more
    # of its key, the last that was handed out.
    __slots__ = ("_it", "_key", "_item", "_item_key", "_group_key", "_group")

    def __new__(cls, iterable, key=None):
        self = super().__new__(cls)
        self._it = iter(iterable)
        self._key = key
        self._item = self._item_key = self._group_key = _end
        self._group = None
        self._work = self._groups()
        return self

    def _take(self):
        for x in self._it:
            break
        else:
            return False
        self._item_key = x if self._key is None else self._key(x)
        self._item = x
        return True

    def _groups(self):
        while True:
            self._group = None
            # Past what is left of the last group.
            while True:
                k = self._item_key
                if k is not _end and (self._group_key is _end
                                      or not (k is self._group_key or self._group_key == k)):
                    break
                if not self._take():
                    return
            self._group_key = self._item_key
            group = _grouper()
            group._work = self._items(self._group_key, group)
            self._group = group
            yield self._group_key, group

    def _items(self, key, group):
        while self._group is group:
            if self._item is _end:
                if not self._take():
                    return
            if not (key is self._item_key or key == self._item_key):
                return
            x = self._item
            self._item = _end
            yield x


class _tee(_Iterator):
    """One of several iterators over the same items: what one has taken is kept for the others."""

    # A link is a list of an item and the next link; the last is empty, and is filled by whoever
    # comes first. _it is what all share: the iterator, and whether it is being asked.
    __slots__ = ("_it", "_link")

    def __new__(cls, iterable, /):
        if isinstance(iterable, _tee):
            return iterable.__copy__()
        self = super().__new__(cls)
        self._it = [iter(iterable), False]
        self._link = []
        self._work = self._items()
        return self

    def _items(self):
        while True:
            link = self._link
            if not link:
                source = self._it
                if source[1]:
                    raise RuntimeError("cannot re-enter the tee iterator")
                source[1] = True
                try:
                    for x in source[0]:
                        break
                    else:
                        return
                finally:
                    source[1] = False
                link.append(x)
                link.append([])
            self._link = link[1]
            yield link[0]

    def __copy__(self):
        new = _Iterator.__new__(type(self))
        new._it = self._it
        new._link = self._link
        new._work = new._items()
        return new


def tee(iterable, n=2, /):
    """Several iterators over the items of one."""
    n = _index(n)
    if n < 0:
        raise ValueError("n must be >= 0")
    if not n:
        return ()
    first = _tee(iterable)
    return (first, *[first.__copy__() for _ in range(n - 1)])


# Combinatorics

class product(_Iterator):
    """All tuples of one item of each iterable, the last turning fastest."""

    __slots__ = ()

    def __new__(cls, *iterables, **kwargs):
        times = _index(kwargs.pop("repeat", 1))
        for name in kwargs:
            raise TypeError(f"'{name}' is an invalid keyword argument for product()")
        if times < 0:
            raise ValueError("repeat argument cannot be negative")
        self = super().__new__(cls)
        self._work = _product([tuple(it) for it in iterables] * times)
        return self


def _product(pools):
    for pool in pools:
        if not pool:
            return
    n = len(pools)
    places = [0] * n
    row = [pool[0] for pool in pools]
    while True:
        yield tuple(row)
        i = n - 1
        while i >= 0:
            pool = pools[i]
            at = places[i] + 1
            if at < len(pool):
                places[i] = at
                row[i] = pool[at]
                break
            places[i] = 0
            row[i] = pool[0]
            i -= 1
        else:
            return


def _size(r):
    r = _index(r)
    if r < 0:
        raise ValueError("r must be non-negative")
    return r


class combinations(_Iterator):
    """All choices of r items, in their order."""

    __slots__ = ()

    def __new__(cls, iterable, r):
        r = _index(r)
        pool = tuple(iterable)
        self = super().__new__(cls)
        self._work = _combinations(pool, _size(r))
        return self


def _combinations(pool, r):
    n = len(pool)
    if r > n:
        return
    places = list(range(r))
    while True:
        yield tuple([pool[i] for i in places])
        i = r - 1
        while i >= 0 and places[i] == i + n - r:
            i -= 1
        if i < 0:
            return
        at = places[i]
        for i in range(i, r):
            at += 1
            places[i] = at


class combinations_with_replacement(_Iterator):
    """The same, where an item may be chosen again."""

    __slots__ = ()

    def __new__(cls, iterable, r):
        r = _index(r)
        pool = tuple(iterable)
        self = super().__new__(cls)
        self._work = _multichoices(pool, _size(r))
        return self


def _multichoices(pool, r):
    last = len(pool) - 1
    if last < 0 and r:
        return
    places = [0] * r
    while True:
        yield tuple([pool[i] for i in places])
        i = r - 1
        while i >= 0 and places[i] == last:
            i -= 1
        if i < 0:
            return
        places[i:] = [places[i] + 1] * (r - i)


class permutations(_Iterator):
    """All orders of r items (of all)."""

    __slots__ = ()

    def __new__(cls, iterable, r=None):
        pool = tuple(iterable)
        if r is None:
            r = len(pool)
        elif not isinstance(r, int):
            raise TypeError("Expected int as r")
        self = super().__new__(cls)
        self._work = _permutations(pool, _size(r))
        return self


def _permutations(pool, r):
    n = len(pool)
    if r > n:
        return
    places = list(range(n))
    # How many items may still come to each place.
    turns = list(range(n, n - r, -1))
    while True:
        yield tuple([pool[i] for i in places[:r]])
        i = r - 1
        while i >= 0:
            turns[i] -= 1
            if turns[i]:
                j = n - turns[i]
                places[i], places[j] = places[j], places[i]
                break
            places.append(places.pop(i))
            turns[i] = n - i
            i -= 1
        else:
            return
