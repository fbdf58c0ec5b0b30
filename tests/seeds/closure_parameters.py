def get_func(a,b=1):
    value = "outer"
    b += 1
    c = 1
    c += 1
    def inner_func():
        print(a)
        print(b)
        print(value)
    return inner_func
