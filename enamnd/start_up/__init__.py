"""What a new board needs before it can work, computed from what the portal knows: nothing here is ticked by hand."""
