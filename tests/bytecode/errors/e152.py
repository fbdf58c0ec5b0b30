if (a := 1): pass
b := 2
