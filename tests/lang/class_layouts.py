# Which classes can take each other's place: members, a dict and weak references that they add.
def made(slots, base=object, name='A'):
    d = {}
    if slots is not None:
        d['__slots__'] = slots
    return type(name, (base,), d)


FORMS = [None, [], ['x'], ['y'], ['x', 'y'], ['y', 'x'], ['__dict__'], ['__weakref__'], ['__dict__', '__weakref__'], ['x', '__dict__'],
         ['x', '__weakref__'], ['x', '__dict__', '__weakref__']]


def table(base):
    for a in FORMS:
        row = []
        for b in FORMS:
            try:
                one, other = made(a, base, 'One'), made(b, base, 'Other')
                o = one()
                o.__class__ = other
                row.append('+')
            except TypeError as e:
                row.append('-' if 'differs' in str(e) else str(e))
        print(a, *row)


table(object)
table(made(['z']))
table(made(['z', '__dict__']))
table(made([]))
table(made(None))


class Below(made(['x', '__dict__'], name='First')):
    pass


class Beside(made(['x', '__dict__'], name='Second')):
    pass


for a, b in ((Below, Beside), (Below, Beside.__base__), (Below.__base__, Beside), (Below, Below.__base__), (Below.__base__, Below)):
    try:
        o = a()
        o.__class__ = b
        print(type(o).__name__)
    except TypeError as e:
        print(e)
