from . import feed
from .. import birds as family
from ..fish.trout import NAME as PREY
print('owl runs', family.__name__, PREY)
try:
    from .... import nothing
except ValueError as e:
    print(type(e).__name__, e)
