"""The verbs of goals, risks and internal control."""
