try:
  a
x
