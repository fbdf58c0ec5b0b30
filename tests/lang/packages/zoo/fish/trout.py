NAME = 'trout'
