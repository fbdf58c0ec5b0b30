# Where a C int is wanted 3.8 still calls __int__, and warns.
class A:
    def __init__(self, n):
        self.n = n

    def __int__(self):
        return self.n


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)


show(lambda: chr(A(65)))
show(lambda: chr(A('x')))
show(lambda: chr(A(1 << 40)))
show(lambda: chr(1j))
show(lambda: [1, 2, 3].pop(A(1)))
