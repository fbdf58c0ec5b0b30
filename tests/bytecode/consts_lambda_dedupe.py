f = [lambda: 0, lambda: 0, lambda: 0.0, lambda x: x]
g = (lambda: 0,
     lambda: 0)
