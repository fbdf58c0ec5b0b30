"""Lists as heaps: `heap[k] <= heap[2*k+1]` and `heap[k] <= heap[2*k+2]`, so `heap[0]` is least."""

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest",
           "heappushpop"]

# Only `<` is asked of items, always in the same order: programs can see that.


def _check(heap):
    if not isinstance(heap, list):
        raise TypeError("heap argument must be a list")


def _siftdown(heap, startpos, pos):
    """Let the item at pos rise, at most to startpos, until its parent is not greater."""
    item = heap[pos]
    while pos > startpos:
        up = (pos - 1) >> 1
        parent = heap[up]
        if not item < parent:
            break
        heap[pos] = parent
        pos = up
    heap[pos] = item


def _siftup(heap, pos):
    """Put the item at pos where it belongs below: the lesser children rise along one path down to
    a leaf, then the item rises from there."""
    end = len(heap)
    start = pos
    item = heap[pos]
    child = 2 * pos + 1
    while child < end:
        right = child + 1
        if right < end and not heap[child] < heap[right]:
            child = right
        heap[pos] = heap[child]
        pos = child
        child = 2 * pos + 1
    heap[pos] = item
    _siftdown(heap, start, pos)


def _siftdown_max(heap, startpos, pos):
    item = heap[pos]
    while pos > startpos:
        up = (pos - 1) >> 1
        parent = heap[up]
        if not parent < item:
            break
        heap[pos] = parent
        pos = up
    heap[pos] = item


def _siftup_max(heap, pos):
    end = len(heap)
    start = pos
    item = heap[pos]
    child = 2 * pos + 1
    while child < end:
        right = child + 1
        if right < end and not heap[right] < heap[child]:
            child = right
        heap[pos] = heap[child]
        pos = child
        child = 2 * pos + 1
    heap[pos] = item
    _siftdown_max(heap, start, pos)


def heappush(heap, item, /):
    """Add an item to a heap."""
    _check(heap)
    heap.append(item)
    _siftdown(heap, 0, len(heap) - 1)


def heappop(heap, /):
    """Remove the least item and return it."""
    _check(heap)
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if not heap:
        return last
    least = heap[0]
    heap[0] = last
    _siftup(heap, 0)
    return least


def heapreplace(heap, item, /):
    """Remove the least item, return it and add another, which may be less."""
    _check(heap)
    if not heap:
        raise IndexError("index out of range")
    least = heap[0]
    heap[0] = item
    _siftup(heap, 0)
    return least


def heappushpop(heap, item, /):
    """Add an item, then remove the least and return it."""
    _check(heap)
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _siftup(heap, 0)
    return item


def heapify(heap, /):
    """Make a list a heap, in linear time."""
    _check(heap)
    for i in range(len(heap) // 2 - 1, -1, -1):
        _siftup(heap, i)


def _heappop_max(heap, /):
    _check(heap)
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if not heap:
        return last
    greatest = heap[0]
    heap[0] = last
    _siftup_max(heap, 0)
    return greatest


def _heapreplace_max(heap, item, /):
    _check(heap)
    if not heap:
        raise IndexError("index out of range")
    greatest = heap[0]
    heap[0] = item
    _siftup_max(heap, 0)
    return greatest


def _heapify_max(heap, /):
    _check(heap)
    for i in range(len(heap) // 2 - 1, -1, -1):
        _siftup_max(heap, i)


try:
    from _heapq import *
    from _heapq import _heapify_max, _heappop_max, _heapreplace_max
except ImportError:
    pass


def merge(*iterables, key=None, reverse=False):
    """Go through sorted iterables together, in order."""
    # An entry has its key first, then the number of its iterable: no two are equal, and items
    # themselves are compared only as keys.
    if reverse:
        heapify, pop, replace, step = _heapify_max, _heappop_max, _heapreplace_max, -1
    else:
        heapify, pop, replace, step = globals()["heapify"], heappop, heapreplace, 1
    heap = []
    order = 0
    for it in map(iter, iterables):
        for value in it:
            k = value if key is None else key(value)
            heap.append([k, order, value, it.__next__])
            break
        order += step
    heapify(heap)
    while len(heap) > 1:
        try:
            while True:
                entry = heap[0]
                value = entry[2]
                yield value
                value = entry[3]()
                entry[0] = value if key is None else key(value)
                entry[2] = value
                replace(heap, entry)
        except StopIteration:
            pop(heap)
    if heap:
        entry = heap[0]
        yield entry[2]
        yield from entry[3].__self__


def _best(n, iterable, key, step, heapify, replace):
    """The n items that come first in the order, sorted. The heap has the worst of them on top."""
    it = iter(iterable)
    order = 0
    heap = []
    for value in it:
        heap.append((value if key is None else key(value), order, value))
        order += step
        if len(heap) >= n:
            break
    if not heap:
        return heap
    heapify(heap)
    worst = heap[0][0]
    if step > 0:
        for value in it:
            k = value if key is None else key(value)
            if k < worst:
                replace(heap, (k, order, value))
                worst = heap[0][0]
                order += 1
    else:
        for value in it:
            k = value if key is None else key(value)
            if worst < k:
                replace(heap, (k, order, value))
                worst = heap[0][0]
                order -= 1
    heap.sort(reverse=step < 0)
    return [entry[2] for entry in heap]


def nsmallest(n, iterable, key=None):
    """The n least items: `sorted(iterable, key=key)[:n]`."""
    if n == 1:
        none = object()
        least = min(iter(iterable), default=none, key=key)
        return [] if least is none else [least]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key)[:n]
    if n <= 0:
        for _ in zip(range(n), iterable):
            pass
        return []
    return _best(n, iterable, key, 1, _heapify_max, _heapreplace_max)


def nlargest(n, iterable, key=None):
    """The n greatest items: `sorted(iterable, key=key, reverse=True)[:n]`."""
    if n == 1:
        none = object()
        greatest = max(iter(iterable), default=none, key=key)
        return [] if greatest is none else [greatest]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key, reverse=True)[:n]
    if n <= 0:
        for _ in zip(range(n), iterable):
            pass
        return []
    return _best(n, iterable, key, -1, heapify, heapreplace)
