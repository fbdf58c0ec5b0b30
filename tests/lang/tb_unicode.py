# source lines with non-ASCII text in a traceback
def größe(ä):
    return ä['é']  # ü
größe({'x': 'ß'})
