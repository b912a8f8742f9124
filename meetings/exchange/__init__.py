"""Meetings as files: the interchange format, read and written."""
