"""What becomes of decisions, and those that others take for the board."""
