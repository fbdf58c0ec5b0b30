if a: print 1
