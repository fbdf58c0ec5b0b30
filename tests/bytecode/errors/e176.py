x = "é abc
