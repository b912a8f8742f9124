"""When directives and final reports may be written, verified and told of, and by whom."""

from datetime import date

from enamnd.accounts.roles import Permission
from enamnd.accounts.rules import check_may
from enamnd.dates import long_date
from enamnd.formats import count, listed
from enamnd.refusal import Refused
from meetings.rules import check_is_open

from . import directives
from .models import Activity, Directive, DirectiveHeading
from .report_rules import check_can_report
from .rules import check_can_keep, check_has_been

RANKS = tuple(field for field, _ in directives.RANKED)


class WrittenMeanwhile(Refused):
    """Somebody else has written in the same places. `theirs` is their text by place, `base` the revision it is of."""

    def __init__(self, who: str, whole: dict, theirs: dict, base: int):
        super().__init__(
            f"{who} har skrivit på samma ställe medan du skrev. Båda texterna står här: ta med det som ska vara kvar i "
            "rutan och spara en gång till."
        )
        self.whole, self.theirs, self.base = whole, theirs, base


def check_can_write(activity: Activity, by):
    """Those who may report on the activity: whoever leads projects, is responsible for it, or leads it."""
    check_can_report(activity, by)


def check_can_begin(activity: Activity, kind: str, by):
    """Refused while a revision is being written, and when the board has no headings."""
    check_can_write(activity, by)
    what = Directive.Kind(kind).label.lower()
    if draft := activity.directives.filter(kind=kind, verified_on=None).first():
        raise Refused(f"Ett utkast finns redan, {draft.revision_name}. Skriv vidare i det.")
    if not DirectiveHeading.objects.filter(kind=kind, retired_on=None).exists():
        raise Refused(f"Nämnden har inga rubriker för {what} än. Lägg upp dem först under Rubriker.")


def check_is_draft(directive: Directive):
    if directive.verified_on:
        raise Refused(
            f"{directive} är verifierad {long_date(directive.verified_on)} och ändras inte mer. Börja en ny revidering."
        )


def check_ranks(ranks: dict[str, int | None]):
    """Refused when two goals have the same rank (R173): each of 1, 2 and 3 is used once."""
    names = dict(directives.RANKED)
    given: dict[int, str] = {}
    for field in RANKS:
        rank = ranks.get(field)
        if rank in given:
            raise Refused(
                f"{names[given[rank]]} och {names[field].lower()} har båda rang {rank}. Ge målen var sin: 1, 2 och 3.",
                field=field,
            )
        if rank:
            given[rank] = field


def check_can_verify(directive: Directive, by):
    """Refused while placeholders, empty headings, ranks or the words about the change are left to fill in."""
    check_can_keep(by)
    check_is_draft(directive)
    if left := directives.unfilled(directive):
        all_left = [each for _, found in left for each in found]
        where = listed([f"{name} ({found[0]})" for name, found in left[:4]])
        words = count(len(all_left), "platshållare är inte ifylld", "platshållare är inte ifyllda")
        raise Refused(f"{words} än: {where}.")
    if empty := directives.empty_ones(directive):
        names = listed([f"”{name}”" for name in empty[:4]])
        raise Refused(f"{names} är {'tom' if len(empty) == 1 else 'tomma'}. Skriv där innan direktivet verifieras.")
    if directives.asks_for_ranks(directive.kind) and not all(getattr(directive, field) for field in RANKS):
        raise Refused("Resultat, tidpunkt och kostnad ska ha var sin rang, 1, 2 och 3. Sätt dem innan du verifierar.")
    if directive.revision and not directive.changes.strip():
        raise Refused("Skriv vad som har ändrats sedan den förra utgåvan.")


def check_verification(directive: Directive, verified_on: date, verified_by: str):
    """Refused without the decision, for a day to come, and for one before the revision before."""
    if not verified_by.strip():
        raise Refused("Skriv styrgruppens beslut: Styrgruppen 2026-05-04 § 3.", field="verified_by")
    check_has_been(verified_on, "verified_on")
    earlier = Directive.objects.filter(activity=directive.activity_id, kind=directive.kind, verified_on__gt=verified_on)
    if before := earlier.order_by("-verified_on").first():
        raise Refused(
            f"Utgåvan före, {before.revision_name}, verifierades {long_date(before.verified_on)}. "
            "Skriv den dagen eller en senare.",
            field="verified_on",
        )


def check_unchanged(directive: Directive, revision: int):
    """Refused when somebody wrote while the paper was being printed."""
    if directive.text_revision != revision:
        raise Refused("Någon skrev i utkastet just nu. Läs det igen och verifiera sedan.")


def check_can_tell(directive: Directive, by):
    """The secretary puts it on an agenda when it has been verified, once."""
    check_may(by, Permission.WRITE_PROTOCOL)
    if directive.verified_on is None:
        raise Refused(f"{directive} är inte verifierad än. Den anmäls till nämnden när den är det.")
    if directive.told_in_id:
        raise Refused(f"{directive} är redan anmäld: {directive.told_in.title}.")


def check_can_untell(directive: Directive, by):
    """Refused when nothing is told, and when the protocol where it stands is frozen."""
    check_may(by, Permission.WRITE_PROTOCOL)
    if directive.told_in is None:
        raise Refused(f"{directive} är inte anmäld.")
    check_is_open(directive.told_in)
