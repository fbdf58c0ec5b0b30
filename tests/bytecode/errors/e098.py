x = (a for b)
