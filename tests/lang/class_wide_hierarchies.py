# Classes: a change to the root of a hierarchy of diamonds reaches each class once
class A:
    def name(self):
        return 'A'


left, right = A, A
for i in range(40):
    left, right = (type('L%d' % i, (left, right) if left is not right else (left,), {}),
                   type('R%d' % i, (left, right) if left is not right else (left,), {}))
bottom = type('Bottom', (left, right), {})
o = bottom()
for i in range(3):
    print(o.name())
A.name = lambda self: 'changed'
print(o.name())
print(len(bottom.__mro__))


# What a class is follows its bases as they are now
class Mine(ValueError):
    pass


e = Mine('text')
print(isinstance(e, ValueError), isinstance(e, KeyError), str(e))
Mine.__bases__ = (KeyError,)
print(isinstance(e, ValueError), isinstance(e, KeyError), issubclass(Mine, LookupError), str(e))
try:
    raise Mine('again')
except ValueError:
    print('ValueError')
except KeyError as caught:
    print('KeyError', caught)


class Box(frozenset):
    pass


class Ring:
    def __hash__(self):
        return 1

    def __repr__(self):
        return repr(self.inside)


for kind in Box, frozenset, set:
    r = Ring()
    r.inside = kind([r])
    print(r)
