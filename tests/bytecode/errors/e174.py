class A:
  def f():
    # c
