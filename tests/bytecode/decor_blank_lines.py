



x = 1





def f():


    # comment

    return 1



y = f()
