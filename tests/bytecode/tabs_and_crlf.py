if a:
	b
	c = """x
y"""
d
