"""Newsletters: what they may take out of the portal, whom they go to, what they must not say, how they read."""
