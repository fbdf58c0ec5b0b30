print('fish runs')
