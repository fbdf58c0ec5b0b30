print("late is run")
