# every division by zero and its text
def t(f, a, b):
    try:
        return f(a, b)
    except ZeroDivisionError as e:
        return str(e)
for a in (1, 1.5, True, 2 ** 70):
    for z in (0, 0.0, False):
        print(t(lambda a, b: a / b, a, z), t(lambda a, b: a // b, a, z), t(lambda a, b: a % b, a, z), t(divmod, a, z))
