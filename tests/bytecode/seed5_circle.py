
pi = 3.14
def circle_area(r):
    return pi * r ** 2
