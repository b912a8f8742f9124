"""Goals and indicators: what is counted, how it is said, what follows from it."""
