def func(a=1,b=2):
    print(a+b)
func()
func(b=3)
