"""A number that no row has had, for names that must differ."""

from itertools import count

numbers = count(1)
