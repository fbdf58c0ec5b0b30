from geometry import *
from pkg import *
print(unit, circle_area(1), x, late.__name__, 'math_of_ours' in globals(), '__all__' in globals())
from bad import x
