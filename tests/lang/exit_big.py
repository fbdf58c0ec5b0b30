# sys.exit with numbers beyond a byte, None and a tuple
import sys
for v in (0, None, 256, (1, 2)):
    try:
        sys.exit(v)
    except SystemExit as e:
        print(repr(e.code), e.args)
sys.exit(300)
