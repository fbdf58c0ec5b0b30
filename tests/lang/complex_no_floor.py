"""Complex numbers have no floor: they say so before the other operand is asked."""
class X:
    def __rmod__(s, o): return 'rmod'
    def __rfloordiv__(s, o): return 'rfl'
    def __rdivmod__(s, o): return 'rdm'
    def __mod__(s, o): return NotImplemented
    def __floordiv__(s, o): return NotImplemented
    def __divmod__(s, o): return NotImplemented
class Y: pass
class Z:
    def __mod__(s, o): return 'mod'
    __floordiv__ = __divmod__ = __mod__
class C(complex): pass
class D(complex):
    def __rmod__(s, o): return 'drmod'
    __rdivmod__ = __rfloordiv__ = __rmod__
vals = [1j, C(2), D(3), X(), Y(), Z(), 5, 2.5, 'a%s', b'%d', [1], None, True, bytearray(b'x'), (1,), {1}, {}, range(3), 10**30]
for a in vals:
    for b in vals:
        if not isinstance(a, complex) and not isinstance(b, complex): continue
        for op in ['a % b', 'a // b', 'divmod(a, b)']:
            try: r = eval(op)
            except TypeError as e: r = str(e)
            print(type(a).__name__, op, type(b).__name__, '->', r)
        for n in ['mod', 'rmod', 'floordiv', 'rfloordiv', 'divmod', 'rdivmod', 'add', 'pow', 'truediv', 'rsub']:
            if isinstance(a, complex):
                try: r = getattr(a, f'__{n}__')(b)
                except (TypeError, ZeroDivisionError, OverflowError) as e: r = str(e)
                print(n, type(a).__name__, type(b).__name__, r)
