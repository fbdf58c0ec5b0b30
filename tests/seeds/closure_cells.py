def get_func():
    value = "inner"

    def func():
        print(value)
    return func


show_value = get_func()
print(get_func.__closure__) # None
print(len(show_value.__closure__), type(show_value.__closure__[0]))
print(show_value.__closure__[0].cell_contents) # inner
