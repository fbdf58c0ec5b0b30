for x in y:
   "abc
