# nested displays, trailing commas, long displays, print of containers
print([1, [2, [3, [4, []]]]], (1, (2, (3,))), {'a': {'b': {'c': [1, (2,)]}}}, [(), [], {}])
print([1, 2, ], (1, 2, ), {'a': 1, })
print(['a', "b'c", 'd\n', 1.0, None, True, print is print, -0.0, 1e100])
x = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30]
print(x, len(x), sum(x))
y = 5
print([y, y + 1, [y]], {y: y, 'y': [y]}, (y, (y,)), {1: y, 2: y, 3: y})
print()
print(1, 'a', None, sep=', ', end=';\n')
print('a', 'b', sep='')
print(end='')
