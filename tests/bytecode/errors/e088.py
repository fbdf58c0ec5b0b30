def f():
  return
	x
