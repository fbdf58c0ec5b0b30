pi = 3.14

def circle_area(r):
    return pi * r ** 2

def cylinder_volume(r, h):
    return circle_area(r) * h
