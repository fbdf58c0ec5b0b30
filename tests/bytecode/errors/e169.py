 print 1
