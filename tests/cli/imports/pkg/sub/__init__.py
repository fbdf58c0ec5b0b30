import pkg
print('sub is run', pkg.x, __name__, __package__)
