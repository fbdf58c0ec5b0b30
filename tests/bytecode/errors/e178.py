x = "\xzz"
