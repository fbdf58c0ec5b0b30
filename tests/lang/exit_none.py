# sys.exit without an argument, out of a loop
import sys
for i in range(5):
    if i == 2:
        sys.exit()
    print(i)
