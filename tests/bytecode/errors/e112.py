a = b c = d
