@a
@b.c
@d(1,
   2)
def f(x):
    return x

@a

def g(): pass
@a
class C:
    @b
    def m(self): pass
