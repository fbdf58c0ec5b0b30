# `del o.__dict__` leaves an object that has no attributes of its own, and may have new ones.
class C:
    k = 1

    def __init__(self):
        self.x = 2


class S(int):
    pass


for cls in (C, S, type('T', (ValueError,), {})):
    o = cls()
    o.y = 3
    kept = o.__dict__
    for turn in range(3):
        try:
            del o.__dict__
        except TypeError as e:
            print(e)
        print(o.__dict__, hasattr(o, 'y'))
        o.y = turn
        print(o.y, vars(o), kept is o.__dict__)
try:
    C().__dict__ = 3
except TypeError as e:
    print(e)
