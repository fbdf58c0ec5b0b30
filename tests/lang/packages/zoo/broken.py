PART = 1
raise LookupError('broken on purpose')
