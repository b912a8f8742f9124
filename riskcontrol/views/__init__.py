"""Pages of goals, risks and internal control, by what they are about."""
