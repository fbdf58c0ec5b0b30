# sys.exit with a text
import sys
def f():
    try:
        sys.exit('a message')
    finally:
        print('finally runs')
f()
