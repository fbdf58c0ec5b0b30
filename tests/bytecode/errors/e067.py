try:
  a
else:
  b
