from ring.three import THREE
FOUR = 4
