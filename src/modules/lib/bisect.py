"""Searching and inserting in sorted lists by halving."""


def bisect_right(a, x, lo=0, hi=None):
    """Where to insert x so that the list stays sorted, after equal items."""
    if lo < 0:
        raise ValueError("lo must be non-negative")
    if hi is None or hi == -1:
        hi = len(a)
    while lo < hi:
        mid = (lo + hi) // 2
        if x < a[mid]:
            hi = mid
        else:
            lo = mid + 1
    return lo


def bisect_left(a, x, lo=0, hi=None):
    """Where to insert x so that the list stays sorted, before equal items."""
    if lo < 0:
        raise ValueError("lo must be non-negative")
    if hi is None or hi == -1:
        hi = len(a)
    while lo < hi:
        mid = (lo + hi) // 2
        if a[mid] < x:
            lo = mid + 1
        else:
            hi = mid
    return lo


def insort_right(a, x, lo=0, hi=None):
    """Insert x after equal items."""
    at = bisect_right(a, x, lo, hi)
    a.insert(at, x)


def insort_left(a, x, lo=0, hi=None):
    """Insert x before equal items."""
    at = bisect_left(a, x, lo, hi)
    a.insert(at, x)


try:
    from _bisect import *
except ImportError:
    pass

bisect = bisect_right
insort = insort_right
