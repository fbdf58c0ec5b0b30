# Builtin functions, types and methods check their own arguments: each is called with none to six arguments of odd types
# and with keywords it does not know; what it says is printed.
def FUNC(): pass
def cell(x):
    def c(): return x
    return c.__closure__[0]

FUNCTIONS = '''abs all any ascii bin callable chr delattr dir divmod format getattr hasattr hex isinstance issubclass iter len
max min next oct ord pow print repr round setattr sorted sum vars
int float str bool list tuple dict range set frozenset slice enumerate zip map filter reversed object type'''
METHODS = {
    5: '''as_integer_ratio bit_length conjugate __trunc__ __floor__ __ceil__ __round__ __format__ __getnewargs__ __add__ __radd__
        __sub__ __mul__ __mod__ __divmod__ __pow__ __rpow__ __neg__ __abs__ __bool__ __int__ __index__ __lshift__ __and__
        __lt__ __eq__ __init__ __setattr__ __delattr__ __getattribute__ __reduce_ex__ __sizeof__ __init_subclass__ __hash__''',
    1.5: 'as_integer_ratio conjugate hex is_integer __trunc__ __round__ __add__ __rtruediv__ __pow__ __rpow__ __eq__ __float__',
    'ab': '''capitalize casefold center count endswith expandtabs find format format_map index isalnum isidentifier join ljust
        lower lstrip maketrans partition replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip
        swapcase title translate upper zfill __add__ __mul__ __rmul__ __mod__ __rmod__ __contains__ __getitem__ __len__ __iter__''',
    (1, 2): 'count index __add__ __mul__ __contains__ __getitem__ __len__ __iter__ __eq__ __lt__ __getnewargs__',
    range(3): 'count index __contains__ __getitem__ __len__ __bool__ __reversed__ __reduce__',
    True: '__and__ __or__ __xor__ __rand__ __add__',
    None: '__bool__ __init__',
    FUNC: '__call__ __get__ __setattr__ __delattr__ __getattribute__ __repr__ __format__ __dir__',
    FUNC.__get__(1): '__call__ __get__ __eq__ __setattr__ __reduce__',
    len: '__call__ __eq__ __reduce__ __repr__',
    int: 'mro __call__ __subclasses__ __instancecheck__ __subclasscheck__ __new__ __init__ __dir__',
    frozenset([1]): 'copy difference intersection isdisjoint issubset issuperset __and__ __rsub__ __contains__ __len__',
}
UNHASHABLE = [
    (lambda: [3, 1], '''append clear copy count extend index insert pop remove reverse sort __add__ __mul__ __iadd__ __imul__ __getitem__
        __setitem__ __delitem__ __contains__ __reversed__ __init__ __eq__ __lt__'''),
    (lambda: {1: 2}, '''clear copy fromkeys get items keys pop popitem setdefault update values __getitem__ __setitem__ __delitem__
        __contains__ __reversed__ __init__ __eq__ __lt__'''),
    (lambda: {1, 2}, 'add clear copy discard pop remove update difference_update issubset __and__ __iand__ __isub__ __init__'),
    (lambda: {1: 2}.keys(), 'isdisjoint __and__ __contains__ __len__ __reversed__'),
    (lambda: slice(1, 2, 3), 'indices __eq__ __lt__'),
    (lambda: cell(1), '__eq__ __lt__ __setattr__ __init__'),
    (lambda: iter([1]), '__next__ __iter__ __length_hint__'),
    (lambda: ValueError(1), 'with_traceback __setstate__ __init__ __str__'),
    (lambda: int.__dict__, 'get keys copy items __getitem__ __contains__ __len__ __eq__'),
]
CALLS = [
    ((), {}), ((1,), {}), ((1.5,), {}), (('a',), {}), ((None,), {}), (([],), {}), ((FUNC,), {}), (((),), {}), ((1, 2), {}), (('a', 'b'), {}),
    ((None, None), {}), (([1], 'a'), {}), ((1, 1.5), {}), ((1, 2, 3), {}), (('a', 'b', 5), {}), ((None, 1, []), {}), ((1, 2, 3, 4), {}),
    (('a', 'b', 'c', 'd'), {}), ((1, 2, 3, 4, 5, 6), {}), ((), {'x': 1}), ((1,), {'x': 1}), (('a',), {'x': 1}), ((1, 2), {'x': 1}),
    (([2, 1],), {'key': 1}), (([1],), {'default': 3}), (([],), {'reverse': 'a'}), ((), {'x': 1, 'y': 2, 'z': 3, 'v': 4}),
]
def sweep(shown, make):
    for args, kw in CALLS:
        try:
            make()(*args, **kw)
        except Exception as e:
            print(shown, args if FUNC not in args else 'FUNC', kw, '=>', type(e).__name__, e)

import sys
out = sys.stdout
for name in FUNCTIONS.split():
    f = eval(name)
    if name in ('print', 'type'):
        continue
    sweep(name, lambda: f)
def later(o, name):
    return lambda: getattr(o(), name)
for o, names in METHODS.items():
    for name in names.split():
        sweep(type(o).__name__ + '.' + name, lambda: getattr(o, name))
for o, names in UNHASHABLE:
    for name in names.split():
        sweep(type(o()).__name__ + '.' + name, later(o, name))
for kw in [{'x': 1}, {'sep': 1}, {'end': 1}, {'sep': None, 'end': 2.5}, {'flush': 1, 'z': 2}, {'file': 1}]:
    try:
        print(**kw)
    except Exception as e:
        print('print', kw, type(e).__name__, e)
