# The traceback of an exception that leaves `with`, from hot code too.
def body(n):
    with open(__file__) as f:
        with open(__file__) as g:
            if n == 99:
                raise ValueError(
                    'in the body')
    return n


def enter(n):
    with open(
            __file__) as f, (
            5 if n == 99 else f):
        pass


for i in range(99):
    body(i)
try:
    body(99)
except ValueError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_lineno)
        tb = tb.tb_next
try:
    enter(99)
except AttributeError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_lineno)
        tb = tb.tb_next
body(99)
