# enum: flags combine bit by bit; those of IntFlag are ints and take any bits.
from enum import Flag, IntFlag, auto

def t(f):
    try:
        r = f()
        print(repr(r), r)
    except Exception as e:
        print(type(e).__name__, e)

class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W

class Bits(IntFlag):
    A = 1
    B = 2
    D = 8

t(lambda: list(Perm))
t(lambda: Perm.R | Perm.W)
t(lambda: Perm.R | Perm.X)
t(lambda: Perm.RW & Perm.W)
t(lambda: Perm.RW ^ Perm.W)
t(lambda: ~Perm.R)
t(lambda: Perm(0))
t(lambda: bool(Perm.R & Perm.X))
t(lambda: Perm.R in Perm.RW)
t(lambda: Perm.X in Perm.RW)
t(lambda: 1 in Perm.RW)
t(lambda: Perm(7))
t(lambda: Perm(8))
t(lambda: Perm(-2))
t(lambda: Perm.R | 1)
t(lambda: Perm(5) is Perm(5))
t(lambda: Bits.A | Bits.B)
t(lambda: Bits.A | 4)
t(lambda: Bits(4))
t(lambda: ~Bits.A)
t(lambda: Bits.D + 1)
t(lambda: 2 | Bits.A)
t(lambda: Bits(0))
t(lambda: Bits(100))
t(lambda: Bits.A | 'x')
t(lambda: Bits('x'))
t(lambda: (Bits.A == 1, hash(Bits.B) == hash('B'), Bits.A < Bits.B))
def mask(bits):
    m = Bits(0)
    for b in bits:
        m |= b
    return m
t(lambda: mask([Bits.A, Bits.D]))
