from ring.four import FOUR
THREE = 3
