print('birds runs', __package__)
from ..keeper import feed
from .. import fish
