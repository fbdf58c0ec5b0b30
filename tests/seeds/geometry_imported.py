from geometry import circle_area, cylinder_volume
print(circle_area(1.5))
print(cylinder_volume(1.5, 2))
import sys
print(circle_area.__globals__ is sys.modules['geometry'].__dict__)
