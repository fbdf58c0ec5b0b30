except E:
 pass
