def func(a,b,*args):
    pass
func(1,2,3,4,5,6)
