import ring.two
from ring import two
VALUE = 1
def both():
    return VALUE + two.VALUE
