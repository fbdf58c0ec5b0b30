# f-strings: conversions, specs, expressions, quotes, debugging form
name = 'World'
x = 42
pi = 3.14159265
print(f'Hello {name}!', f'{x}', f'{x!r}', f'{name!r}', f'{name!s:>10}', f'{name:*^11}', f'{"é"!a}')
print(f'{x:5d}|{x:<5}|{x:^5}|{x:>5}|{x:05}|{x:+}|{x:x}|{x:X}|{x:#x}|{x:b}|{x:#b}|{x:o}|{x:,}|{x:e}')
print(f'{pi:.2f} {pi:10.3f} {pi:<10.1f}| {pi:e} {pi:g} {pi:%} {1e10:g} {1234567.891:,.2f} {pi:.0f} {-pi:+.1f}')
print(f'{1234567890:,} {1234567890:_} {255:#06x} {-5:05d} {5:=+5d} {0.1:.20f} {1e100:.3g} {float("nan"):f} {float("inf"):5}')
print(f'{{}} {{{x}}} {x + 1} {x * 2 if x else 0} {[1, 2][0]} {name.upper()} {(lambda a: a + 1)(2)}')
print(f'{x=} {x = } {name=} {x + 1=} {pi=:.3f} {name=!s}')
print(f'a' 'b' f'{x}' 'c', f'', f'{""}', f'''{
    x
}''')
print(format(x), format(x, '>8'), format('s', '3') + '|', format(True), format(None), format(2.0, 'n'), format(True, 'd'))
def t(f):
    try:
        print(f())
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
t(lambda: f'{x:z}')
t(lambda: f'{name:d}')
t(lambda: f'{pi:d}')
t(lambda: f'{[1]:5}')
t(lambda: f'{None:>5}')
t(lambda: f'{x:.2d}')
t(lambda: f'{name:,}')
t(lambda: f'{name:+}')
t(lambda: f'{name:=5}')
