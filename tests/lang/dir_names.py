# dir(): the names that CPython 3.8 has, type by type.
def f(): pass
later = {'int': ('from_bytes', 'to_bytes'), 'bool': ('from_bytes', 'to_bytes'), 'str': ('encode',), 'float': ('__getformat__', '__set_format__', 'fromhex'),
    'list_iterator': ('__setstate__',), 'range_iterator': ('__setstate__',), 'code': ('co_code', 'co_lnotab', 'replace')}
for o in [f, f.__get__(1), len, [].append, f.__code__, None, 1, 'a', [], (), {}, 1.5, True, object(), range(3), NotImplemented, {}.keys(), {}.values(), iter([]), iter(range(3)), enumerate([]), int.__add__, (1).__add__, str.upper, {}.fromkeys, int.__dict__, type(f).__dict__['__code__'], zip(), Exception(), dict.__dict__['fromkeys']]:
    t = type(o).__name__
    for n in dir(o):
        if n not in later.get(t, ()): print(t, n)
