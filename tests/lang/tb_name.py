# uncaught NameError at module level
print('a')
undefined_name
