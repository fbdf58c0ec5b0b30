def f():
  if a:
