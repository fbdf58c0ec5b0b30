elif x: y
