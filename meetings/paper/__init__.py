"""The protocol as a paper: composed from what the portal knows, and printed."""
