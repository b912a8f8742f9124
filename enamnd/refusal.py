"""Saying no in a sentence that a person can act on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where it stands ("§ 12, avsnitt 2", may be empty) and why it is not taken."""

    place: str
    reason: str

    def __str__(self):
        return f"{self.place}: {self.reason}" if self.place else self.reason


class Refused(Exception):
    """A rule says no, or what was written cannot be taken.

    message   Swedish sentence or sentences: what is wrong and what to do. May be left out when there are problems.
    field     name of the form field that it concerns, if one
    problems  everything that is wrong, each with its place, when a whole file or form was looked through
    """

    def __init__(self, message: str = "", *, field: str | None = None, problems: tuple[Problem, ...] = ()):
        self.problems = tuple(problems)
        self.field = field
        self.message = message or "\n".join(map(str, self.problems))
        super().__init__(self.message)

    def __str__(self):
        return self.message

    @property
    def lines(self) -> tuple[str, ...]:
        """The sentences one by one: the problems when there are any, else the message."""
        return tuple(map(str, self.problems)) or (self.message,)
