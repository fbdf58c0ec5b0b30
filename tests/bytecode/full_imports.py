import a.b.c
import a.b as c
import a.b.c as d, e
from a import b
from . import c
from ..a.b import c as d, e
from a import *
