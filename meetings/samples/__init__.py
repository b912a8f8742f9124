"""The sample board's meetings."""
