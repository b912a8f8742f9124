"""The verbs of projects, management and agreements."""
