import sys
import time
import sys, time
import sys as s, time as t
def f():
    import sys
    import time as sys
    global t
    import time as t
