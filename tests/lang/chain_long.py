# context and cause mixed, three deep
def a():
    try:
        1 / 0
    except ZeroDivisionError as z:
        raise ValueError('two') from z
def b():
    try:
        a()
    except ValueError:
        raise KeyError('three')
def c():
    try:
        b()
    finally:
        'x' + 1
c()
