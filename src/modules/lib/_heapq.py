"""The functions of `heapq`, made for speed: each goes its way through the list in one loop."""

__all__ = ["heappush", "heappop", "heapify", "heapreplace", "heappushpop"]

# The order in which items are compared is that of `heapq`'s own functions.


def _check(heap):
    raise TypeError("heap argument must be a list")


def heappush(heap, item, /):
    """Add an item to a heap."""
    if not isinstance(heap, list):
        _check(heap)
    pos = len(heap)
    heap.append(item)
    while pos > 0:
        up = (pos - 1) >> 1
        parent = heap[up]
        if not item < parent:
            break
        heap[pos] = parent
        pos = up
    heap[pos] = item


def _sink(heap, start, item):
    """Put an item in the place of the one at start: the lesser children rise along one path down
    to a leaf, then the item rises from there."""
    end = len(heap)
    pos = start
    child = 2 * pos + 1
    while child < end:
        least = heap[child]
        right = child + 1
        if right < end:
            other = heap[right]
            if not least < other:
                least = other
                child = right
        heap[pos] = least
        pos = child
        child = 2 * pos + 1
    while pos > start:
        up = (pos - 1) >> 1
        parent = heap[up]
        if not item < parent:
            break
        heap[pos] = parent
        pos = up
    heap[pos] = item


def _sink_max(heap, start, item):
    end = len(heap)
    pos = start
    child = 2 * pos + 1
    while child < end:
        greatest = heap[child]
        right = child + 1
        if right < end:
            other = heap[right]
            if not other < greatest:
                greatest = other
                child = right
        heap[pos] = greatest
        pos = child
        child = 2 * pos + 1
    while pos > start:
        up = (pos - 1) >> 1
        parent = heap[up]
        if not parent < item:
            break
        heap[pos] = parent
        pos = up
    heap[pos] = item


def heappop(heap, /):
    """Remove the least item and return it."""
    if not isinstance(heap, list):
        _check(heap)
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if not heap:
        return last
    least = heap[0]
    heap[0] = last
    _sink(heap, 0, last)
    return least


def heapreplace(heap, item, /):
    """Remove the least item, return it and add another, which may be less."""
    if not isinstance(heap, list):
        _check(heap)
    if not heap:
        raise IndexError("index out of range")
    least = heap[0]
    heap[0] = item
    _sink(heap, 0, item)
    return least


def heappushpop(heap, item, /):
    """Add an item, then remove the least and return it."""
    if not isinstance(heap, list):
        _check(heap)
    if not heap or not heap[0] < item:
        return item
    least = heap[0]
    heap[0] = item
    _sink(heap, 0, item)
    return least


def heapify(heap, /):
    """Make a list a heap, in linear time."""
    if not isinstance(heap, list):
        _check(heap)
    for i in range(len(heap) // 2 - 1, -1, -1):
        _sink(heap, i, heap[i])


def _heappop_max(heap, /):
    if not isinstance(heap, list):
        _check(heap)
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if not heap:
        return last
    greatest = heap[0]
    heap[0] = last
    _sink_max(heap, 0, last)
    return greatest


def _heapreplace_max(heap, item, /):
    if not isinstance(heap, list):
        _check(heap)
    if not heap:
        raise IndexError("index out of range")
    greatest = heap[0]
    heap[0] = item
    _sink_max(heap, 0, item)
    return greatest


def _heapify_max(heap, /):
    if not isinstance(heap, list):
        _check(heap)
    for i in range(len(heap) // 2 - 1, -1, -1):
        _sink_max(heap, i, heap[i])
