# source lines are shown without their indentation
def f():
            if True:
                    for i in range(2):
                            	raise ValueError('deep\nindent')
f()
