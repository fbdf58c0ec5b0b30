print('pkg is run', __name__, __package__, __path__ == [__file__[:-12]])
x = 1
__all__ = ['x', 'late']
