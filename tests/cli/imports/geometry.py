"""Areas."""
import math_of_ours

unit = 'cm'


def circle_area(r):
    return math_of_ours.PI * r ** 2
