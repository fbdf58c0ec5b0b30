print('main of zoo')
