def func(a,b):
    a = a+1
    print(b)
func(1,"age")
