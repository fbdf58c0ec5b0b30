# traceback at module level with work before it
x = 1
print('before')
y = [1, 2,
     x // 0,
     3]
