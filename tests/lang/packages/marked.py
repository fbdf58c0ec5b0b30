TEXT = "été"
