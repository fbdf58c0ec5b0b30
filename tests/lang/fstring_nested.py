# f-strings in f-strings, format specs with fields, conversions.
w, p, v = 10, 3, 3.14159
print(f'{v:{w}.{p}}|{v:<{w}}|{v:{"^"}{w}.{p}f}|{"x":*^{w}}')
print(f'{f"{v:.2f}":>{w}}', f'{f"{v!r:>9}"}', f"{'a' + f'{1 + 1}'}")
print(f'{v!r:>{w}}', f'{"é"!a}', f'{"q"!s:{w}}', f'{"q"!r}')
print(f'{[x for x in range(3)]} { {"k": 1}["k"] } {(lambda x: x * 2)(4)}')
print(f'{{}} {{{w}}}')
print(f'{w=}', f'{w + p = }', f'{v=:.2f}', f'{v=!r:>12}', f'{"a"=}')
print(f'{1}{2}' f'{3}' 'four' f'{5:03}')
print(f'''{
    w
    + p
}''')
for spec in ('5', 'x', '>8', '08b', ',', 'zz'):
    try:
        print(f'{w:{spec}}')
    except ValueError as e:
        print(e)
try:
    print(f'{w:{[]}}')
except (TypeError, ValueError) as e:
    print(type(e).__name__, e)


def note(x):
    log.append(x)
    return x


log = []
print(f'{note(1)}{note(2):{note(5)}}{note(3)!r}', log)
print(f'{"nested %s" % f"{w:>{p}}"}', f'{w:{w}{"d"}}', f'{None} {True:>{5}} {...}')
