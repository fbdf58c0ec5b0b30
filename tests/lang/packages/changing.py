try:
    runs += 1
except NameError:
    runs = 1
if runs == 1:
    first_only = True
