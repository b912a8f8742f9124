"""Pages of projects, management and agreements, by what they are about."""
