a + b * (c if d else 2)
