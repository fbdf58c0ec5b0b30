y
x = """a
b
