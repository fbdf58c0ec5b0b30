import cycle_a
try:
    print(cycle_a.y)
except AttributeError as e:
    print(e)
try:
    from cycle_a import y
except ImportError as e:
    print(str(e).replace(__file__[:-10], ''), e.name)
