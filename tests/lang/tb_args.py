# uncaught exceptions of many shapes end with their text: KeyError quotes
d = {'a': 1}
d['missing key']
