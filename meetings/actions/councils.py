"""What every party's council must decide: the matter is asked, the answers come in, those who are late are reminded."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.dates import long_date
from enamnd.documents.models import Case, Document
from enamnd.journal.record import record
from enamnd.letters.sending import write_letter
from enamnd.organisation.current import current_board
from enamnd.organisation.models import Municipality
from enamnd.refusal import Refused
from meetings.decisions import council_rules as rules
from meetings.decisions import councils

from ..models import CouncilDecision, CouncilMatter, Paragraph

REMINDER = "council_reminder"


@transaction.atomic
def ask_councils(
    *,
    title: str,
    case: Case | None = None,
    paragraph: Paragraph | None = None,
    asked_on: date | None = None,
    answer_by: date | None = None,
    by: User,
) -> CouncilMatter:
    """Keep a matter that every council must decide (fråga till fullmäktige)."""
    rules.check_can_ask(by)
    _check_days(asked_on, answer_by)
    matter = CouncilMatter(title=title.strip(), case=case, paragraph=paragraph, asked_on=asked_on, answer_by=answer_by)
    _keep(matter, by)
    record("council_matter.asked", matter, by=by)
    return matter


@transaction.atomic
def change_matter(matter: CouncilMatter, *, by: User, **facts) -> CouncilMatter:
    """Change its title, case, paragraph or days."""
    rules.check_can_ask(by)
    row = _locked(matter)
    rules.check_is_open(row)
    for name, value in facts.items():
        setattr(row, name, value)
    _check_days(row.asked_on, row.answer_by)
    _keep(row, by)
    record("council_matter.changed", row, by=by)
    return row


@transaction.atomic
def close_matter(matter: CouncilMatter, *, by: User) -> CouncilMatter:
    """Say that no more answers are waited for (avsluta), or open it again when it was closed."""
    rules.check_can_ask(by)
    row = _locked(matter)
    row.closed_on = None if row.closed_on else timezone.localdate()
    _keep(row, by)
    if row.closed_on:
        record("council_matter.closed", row, by=by)
    else:
        record("council_matter.reopened", row, by=by)
    return row


@transaction.atomic
def answer_matter(
    matter: CouncilMatter,
    municipality: Municipality,
    *,
    decided_on: date,
    outcome: str,
    paragraph: str = "",
    comment: str = "",
    document: Document | None = None,
    by: User,
) -> CouncilDecision:
    """Write what the council of `municipality` has decided (fullmäktiges beslut), anew when it stands there already.

    Refused for another municipality than that of the registrar's role, in a closed matter, and for a day to come.
    """
    rules.check_can_answer(by, municipality)
    row = _locked(matter)
    rules.check_is_open(row)
    rules.check_has_been(decided_on)
    decision = row.decisions.select_for_update().filter(municipality=municipality).first()
    decision = decision or CouncilDecision(matter=row, municipality=municipality)
    decision.decided_on, decision.outcome, decision.document = decided_on, outcome, document
    decision.paragraph, decision.comment, decision.told_by = paragraph.strip(), comment.strip(), by
    _keep(decision, by)
    record("council_matter.answered", decision, by=by, within=row, outcome=decision.get_outcome_display().lower())
    return decision


@transaction.atomic
def remind_councils(matter: CouncilMatter, *, by: User) -> tuple[list[str], list[str]]:
    """Write to the registrars of those that have not answered (påminna): who got a letter, and who has no address.

    Refused when all have answered.
    """
    rules.check_can_ask(by)
    row = _locked(matter)
    rules.check_is_open(row)
    missing = [each.municipality for each in councils.rows_of(row, timezone.localdate()) if not each.decision]
    if not missing:
        raise Refused("Alla har svarat. Det finns ingen att påminna.")
    reached = [each for each in missing if each.email]
    for each in reached:
        write_letter(
            each.email, f"Påminnelse: {row.title}", _reminder(row, each), about=row, by=by, kind=REMINDER,
            to_name=each.full_name,
        )  # fmt: skip
    names = [each.name for each in reached]
    record("council_matter.reminded", row, by=by, to=names)
    return names, [each.name for each in missing if not each.email]


def _reminder(matter: CouncilMatter, municipality: Municipality) -> str:
    board = current_board()
    asked = f" sedan {long_date(matter.asked_on)}" if matter.asked_on else ""
    by_day = f"\n\nSvaret behövs senast {long_date(matter.answer_by)}." if matter.answer_by else ""
    address = settings.PORTAL_URL + reverse("meetings:council_matter", args=[matter.pk])
    return (
        f"{board.name} väntar{asked} på beslut av fullmäktige i {municipality.full_name} i frågan\n\n"
        f"    {matter.title}\n\nBeslutet gäller först när fullmäktige hos alla parter har godkänt det.{by_day}\n\n"
        "Har fullmäktige redan beslutat? För in datum, paragraf och utfall här, eller svara på brevet:\n"
        f"{address}\n"
    )


def _check_days(asked_on: date | None, answer_by: date | None):
    if asked_on and answer_by and answer_by < asked_on:
        raise Refused("Svaret kan inte behövas innan frågan skickades. Ändra en av dagarna.", field="answer_by")


def _locked(matter: CouncilMatter) -> CouncilMatter:
    return CouncilMatter.objects.select_for_update().get(pk=matter.pk)


def _keep(row, by: User):
    row._history_user = by
    row.save()
