def get_func():
    value = "outer"
    def inner_func():
        return value
    return inner_func
print("cellvars of get_func",get_func.__code__.co_cellvars)
print("freevars of get_func",get_func.__code__.co_freevars)
ineer = get_func()
print("cellvar of ineer",ineer.__code__.co_cellvars)
print("freevars of ineer",ineer.__code__.co_freevars)
