cylinder_volume(1.5, 2)
