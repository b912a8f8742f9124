"""Risks as the matrix marks them."""

from collections.abc import Iterable

from .matrix import Mark
from .models import Risk


def mark_of(risk: Risk) -> Mark:
    """Where a valued risk stands: after treatment when that is told, with where it stood before."""
    before = (risk.likelihood, risk.consequence)
    if risk.likelihood_after is None:
        return Mark(risk.number, before)
    return Mark(risk.number, (risk.likelihood_after, risk.consequence_after), before)


def marks_of(risks: Iterable[Risk]) -> list[Mark]:
    """The marks of the risks that have a value."""
    return [mark_of(each) for each in risks if each.likelihood is not None]
