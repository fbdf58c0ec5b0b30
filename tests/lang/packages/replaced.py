import sys
class Stand:
    value = 'stands in'
sys.modules[__name__] = Stand()
