"""Pages of the register, a module a subject."""
