# A class derived from a builtin one whose __getattribute__ asks that of its base.
class Half(float):
    k = 1.5


class Asked(Half):
    def __getattribute__(self, name):
        return super().__getattribute__(name)


for v in (1.0, float('nan')):
    o = Asked(v)
    for name in ('__dict__', 'k', '__class__', 'real', 'missing'):
        try:
            print(name, getattr(o, name))
        except AttributeError as e:
            print(name, e)
    o.x = 1
    print(o.x, o.__dict__, float.__getattribute__(o, 'k'), o.__getattribute__('x'))

for base, given in ((int, 1), (float, 2.5), (str, 'a'), (list, [1]), (tuple, (1,)), (bytes, b'a'), (complex, 1j), (dict, {}), (set, {1}),
                    (frozenset, [1]), (Exception, 1), (bytearray, b'x')):
    class Derived(base):
        k = 2

        def __getattribute__(self, name):
            return super().__getattribute__(name)

        def __setattr__(self, name, v):
            super().__setattr__(name, v)

        def __delattr__(self, name):
            super().__delattr__(name)

        def __repr__(self):
            return base.__repr__(self)

    o = Derived(given)
    o.x = 3
    print(base.__name__, o.k, o.x, o.__dict__, o)
    del o.x
    print(o.__dict__, base.__getattribute__(o, 'k'), object.__getattribute__(o, 'k'))
