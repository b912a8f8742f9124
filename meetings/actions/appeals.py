"""Verbs of appeals (överklaganden): that one came in, what the host holds of it, how the court decided."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from enamnd.dates import long_date
from enamnd.journal.record import record
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from meetings import rules
from meetings.models import Appeal, Paragraph


@transaction.atomic
def register_appeal(
    paragraph: Paragraph, *, appellant: str, received_on: date, received_by: Municipality | None = None, by
) -> Appeal:
    """Register that a decision has been appealed (överklagande har kommit in, KL 13 kap. 1 and 6 §§).

    `received_by` is the party that it came to, None for the court. It is registered whether it came in time or not.
    Refused without a name, on a day to come, and on a day before the meeting.
    """
    rules.check_can_write(by)
    paragraph = Paragraph.objects.select_for_update(of=("self",)).select_related("meeting__body").get(pk=paragraph.pk)
    appellant = " ".join(appellant.split())
    if not appellant:
        raise Refused("Skriv vem som överklagar.", field="appellant")
    _check_day(received_on, paragraph.meeting.held_on, "sammanträdet", "received_on")
    appeal = Appeal(paragraph=paragraph, appellant=appellant[:200], received_on=received_on)
    appeal.received_by, appeal.registered_by = received_by, by
    _keep(appeal, by)
    record("appeal.registered", appeal, by=by, within=paragraph.meeting, day=long_date(received_on))
    return appeal


@transaction.atomic
def handle_appeal(appeal: Appeal, *, assessment: str, sent_on: date | None = None, court_case: str = "", by) -> Appeal:
    """Say whether it came in time, when it was handed to the court, and the court's number of the case.

    The court has the last word of the time (KL 13 kap. 5 §); what the host holds is for the clocks, until then.
    """
    rules.check_can_write(by)
    appeal = _locked(appeal)
    if assessment not in ("", *Appeal.Assessment.values):
        raise Refused("Välj om överklagandet kom in i rätt tid eller för sent.", field="assessment")
    if sent_on:
        _check_day(sent_on, appeal.received_on, "dagen då det kom in", "sent_on")
    if assessment != appeal.assessment:
        appeal.assessment = assessment
        appeal.assessed_at, appeal.assessed_by = (timezone.now(), by) if assessment else (None, None)
    appeal.sent_on, appeal.court_case = sent_on, " ".join(court_case.split())[:60]
    _keep(appeal, by)
    said = appeal.get_assessment_display().lower() or "inte bedömt"
    record("appeal.handled", appeal, by=by, within=appeal.paragraph.meeting, assessment=said)
    return appeal


@transaction.atomic
def end_appeal(appeal: Appeal, *, outcome: str, decided_on: date | None, final_on: date | None = None, by) -> Appeal:
    """Say how the court decided, and when its decision gained legal force (avgjort). An empty outcome takes it back."""
    rules.check_can_write(by)
    appeal = _locked(appeal)
    if outcome not in ("", *Appeal.Outcome.values):
        raise Refused("Välj hur målet slutade.", field="outcome")
    if not outcome and (decided_on or final_on):
        raise Refused("Välj också hur målet slutade.", field="outcome")
    if outcome and decided_on is None:
        raise Refused("Skriv vilken dag målet avgjordes.", field="decided_on")
    if decided_on:
        _check_day(decided_on, appeal.received_on, "dagen då överklagandet kom in", "decided_on")
    if final_on:
        _check_day(final_on, decided_on, "avgörandet", "final_on")
    appeal.outcome, appeal.decided_on, appeal.final_on = outcome, decided_on, final_on
    _keep(appeal, by)
    said = appeal.get_outcome_display().lower() or "inte avgjort"
    record("appeal.ended", appeal, by=by, within=appeal.paragraph.meeting, outcome=said)
    return appeal


@transaction.atomic
def remove_appeal(appeal: Appeal, reason: str, *, by):
    """Take away an appeal that was registered by mistake, with a reason; history keeps it. Not once it is decided."""
    rules.check_can_write(by)
    appeal = _locked(appeal)
    reason = " ".join(reason.split())
    if not reason:
        raise Refused("Skriv varför registreringen tas bort.", field="reason")
    if appeal.outcome:
        raise Refused("Målet är avgjort. Registreringen står kvar.")
    record("appeal.removed", appeal, by=by, within=appeal.paragraph.meeting, reason=reason[:300])
    appeal._history_user = by
    appeal.delete()


def _check_day(day: date, earliest: date, what: str, field: str):
    if day > timezone.localdate():
        raise Refused(f"{long_date(day)} har inte varit än. Skriv dagen då det hände.", field=field)
    if day < earliest:
        raise Refused(f"{long_date(day)} är före {what}, {long_date(earliest)}. Skriv en senare dag.", field=field)


def _locked(appeal: Appeal) -> Appeal:
    rows = Appeal.objects.select_for_update(of=("self",)).select_related("paragraph__meeting__body")
    return rows.get(pk=appeal.pk)


def _keep(appeal: Appeal, by):
    appeal._history_user = by
    appeal.save()
