s = f"""
def get_func():
    value = "inner"

    def func():
        print(value)
    return func

show_value = get_func()
show_value()
"""

if __name__ == '__main__':
    import dis
    code = compile(s, "<file>", "exec")
    # Without the lines that hold addresses.
    dis.dis(code, depth=0)
    for c in code.co_consts[0].co_consts:
        print(getattr(c, "co_name", c))
