# Ranges of ints whose operators give what no range was made of.


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def derived(**operators):
    return type('I', (int,), operators)


Zero = derived(__mul__=lambda s, o: 0)
Minus = derived(__add__=lambda s, o: -1)
Half = derived(__add__=lambda s, o: 1.5)
Nothing = derived(__sub__=lambda s, o: None)
show(lambda: range(0, 10, Zero(3))[::-1])
show(lambda: range(9, 0, Zero(3))[::-1])
show(lambda: range(0, 10, Zero(-3))[::2])
for I in Zero, Minus, Half, Nothing:
    show(lambda: list(reversed(range(I(2), 10, 3))))
    show(lambda: list(reversed(range(2, 11, I(3)))))
    show(lambda: list(range(I(2), 10, 3)))
    show(lambda: list(reversed(range(I(2), -10, -3))))
