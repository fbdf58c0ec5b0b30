if a:
  if b: print 1; x
