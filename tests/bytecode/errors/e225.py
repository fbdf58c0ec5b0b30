    x
y
