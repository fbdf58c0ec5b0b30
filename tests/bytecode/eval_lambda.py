lambda x: x + y
