"""Appeals as the database has them: which paragraphs are appealed, in time or not, and what is to be done next."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from enamnd.dates import long_date
from meetings.models import Appeal, Meeting, Notice, Paragraph
from meetings.noticing.appeal_rules import PlainAppeal, came_in_time


def appealed_paragraphs() -> QuerySet[Paragraph]:
    """Paragraphs that somebody has appealed, with the appeals, without their text."""
    keys = Appeal.objects.order_by().values("paragraph")
    rows = Paragraph.objects.filter(pk__in=keys).only("pk", "meeting_id", "position", "number", "title")
    return rows.order_by("position").prefetch_related("appeals")


def plain(appeal: Appeal) -> PlainAppeal:
    return PlainAppeal(
        received_on=appeal.received_on,
        is_late=appeal.assessment == Appeal.Assessment.LATE if appeal.assessment else None,
        outcome=appeal.outcome,
        decided_on=appeal.decided_on,
        final_on=appeal.final_on,
    )


def posted_days(paragraph: Paragraph) -> Mapping[str, date | None]:
    """Since when the notice of the paragraph's adjustment has been up, by party; of an older protocol nothing."""
    held = Notice.objects.filter(
        adjustment__paragraphs__paragraph=paragraph,
        adjustment__paragraphs__is_void=False,
        adjustment__withdrawn_at=None,
    )
    return dict(held.values_list("municipality__name", "posted_on"))


def timeliness(appeal: Appeal) -> tuple[bool, str]:
    """Whether it came in time as the portal counts, and the reason; in time where nobody knows."""
    posted = posted_days(appeal.paragraph)
    proof = getattr(appeal.paragraph.meeting, "proof", None)
    if not posted and proof and proof.posted_on:
        return (
            True,
            "När anslaget sattes upp hos alla parter är inte antecknat i portalen, så tiden kan inte räknas här.",
        )
    return came_in_time(appeal.received_on, posted)


def of_meeting(meeting: Meeting) -> list[Appeal]:
    rows = Appeal.objects.filter(paragraph__meeting=meeting).select_related("paragraph", "received_by")
    return list(rows.defer("paragraph__sections").order_by("paragraph__position", "received_on", "id"))


def next_step(appeal: Appeal) -> tuple[str, str]:
    """What the secretary has to do with it, and why; nothing once it has come to its end."""
    if not appeal.assessment:
        return (
            "Bedöm om överklagandet kom in i rätt tid",
            "Fristerna räknar det som i rätt tid tills värdkommunen har bedömt det.",
        )
    if appeal.received_by_id and not appeal.sent_on:
        why = f"Det kom in till {appeal.received_by} {long_date(appeal.received_on)} i stället för till rätten."
        return "Lämna överklagandet till rätten", f"{why} Rätten ska ändå pröva det (kommunallagen 13 kap. 6 §)."
    if appeal.outcome and appeal.final_on is None:
        return "Anteckna när avgörandet fick laga kraft", f"Avgjort {long_date(appeal.decided_on)}."
    return "", ""
