"""Commissions as lists show them: who handed them over, what the board answered, and what came of them."""

from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from enamnd.dates import long_date
from enamnd.organisation.models import Municipality

from .models import Commission


def for_lists() -> QuerySet[Commission]:
    givers = Prefetch("given_by", Municipality.objects.order_by("name"))
    return Commission.objects.select_related("activity", "case", "paragraph__meeting").prefetch_related(givers)


@dataclass(frozen=True)
class CommissionLine:
    """A commission with where it stands. What is open comes before what is not."""

    commission: Commission

    @property
    def is_over(self) -> bool:
        return bool(self.commission.closed_on) or self.commission.is_accepted is False

    @property
    def state(self) -> str:
        each = self.commission
        if each.closed_on:
            return f"avslutat {long_date(each.closed_on)}"
        if each.is_accepted is None:
            return "väntar på nämndens beslut"
        if not each.is_accepted:
            return "inte accepterat"
        return "pågår" if each.activity_id else "accepterat, inte påbörjat"

    @property
    def tone(self) -> str:
        """soon for what somebody must do something about, else ok."""
        return "soon" if self.is_waiting else "ok"

    @property
    def is_waiting(self) -> bool:
        each = self.commission
        return not self.is_over and (each.is_accepted is None or each.activity_id is None)

    @property
    def decision(self) -> str:
        """The board's decision in words: the day and number of the paragraph, or what was written."""
        paragraph = self.commission.paragraph
        return f"{long_date(paragraph.meeting.held_on)} {paragraph.label}" if paragraph else self.commission.decision

    @property
    def givers(self) -> str:
        return ", ".join(each.name for each in self.commission.given_by.all())

    @property
    def result(self) -> str:
        """What came of it: the activity, and what is written."""
        activity = self.commission.activity
        return ". ".join(filter(None, [activity.name if activity else "", self.commission.outcome]))


def lines(rows: QuerySet[Commission] | None = None) -> list[CommissionLine]:
    """All commissions: what is open first, the latest first. Two queries."""
    found = [CommissionLine(each) for each in (for_lists() if rows is None else rows)]
    return sorted(found, key=lambda each: each.is_over)
