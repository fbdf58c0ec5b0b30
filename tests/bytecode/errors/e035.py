x, None = 1
