import cycle_b
y = 1
