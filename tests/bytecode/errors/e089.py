if a:
	x
        y
