# warnings: what goes to stderr, and where it points.
import warnings

def inner():
    warnings.warn('in inner')
    warnings.warn('the caller of inner', RuntimeWarning, stacklevel=2)

def outer():
    inner()

for _ in range(2):
    outer()
warnings.warn('deprecated here', DeprecationWarning)
warnings.warn('not shown', PendingDeprecationWarning)
warnings.simplefilter('error')
outer_error = None
try:
    outer()
except UserWarning as e:
    outer_error = e
print(type(outer_error).__name__, outer_error, sorted(k[0] for k in __warningregistry__ if k != 'version'))
