print('zoo runs', __name__, __package__, __path__ is not None)
__all__ = ['birds', 'keeper', 'OPEN']
OPEN = True
_closed = False
from . import keeper
