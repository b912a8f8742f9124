"""Who was there: the register of the day, the roll, and who may serve for whom."""
