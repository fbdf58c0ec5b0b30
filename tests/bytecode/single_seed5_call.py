circle_area(1.5)
