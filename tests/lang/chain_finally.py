# an exception in finally after one in try
try:
    raise ValueError('in try')
finally:
    None.x
