"""Forms of goals, risks and internal control."""
