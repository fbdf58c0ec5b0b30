else:
  a
