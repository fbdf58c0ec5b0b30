TEXT = "é"
