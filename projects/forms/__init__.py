"""Forms of projects, management and agreements."""
