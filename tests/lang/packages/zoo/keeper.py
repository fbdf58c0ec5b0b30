from . import OPEN as seen_open
print('keeper runs', __name__, __package__, seen_open)


def feed(animal):
    return animal.__name__.rpartition('.')[2] + ' fed'
