"""Pages of the accounts, a module a subject."""
