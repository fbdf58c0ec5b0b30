# coding: nonsense
TEXT = 1
