def func(a,b,*,k=1,d,w=3,**kw):
    pass
func(1,2,d=2,w=4,i=10,j=20,z=30)
