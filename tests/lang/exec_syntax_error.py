"""A syntax error in a string: its fields, and how it is shown when nothing catches it."""
for text in "1 +", "def f(:\n pass", "x = 'abc", "if 1:\nx", " x = 1", "if 1:\n  x\n y":
    try:
        exec(text)
    except SyntaxError as e:
        print(type(e).__name__, e.msg, e.filename, e.lineno, e.offset, e.text, e.print_file_and_line, e.args, e)


def run(s):
    exec(s)


run("a = 1\nb = = 2\n")
