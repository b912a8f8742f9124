"""Texts for protocols about people and commissions: commissions, ideas in their order, answers to a request."""

from django.utils import timezone

from enamnd.dates import long_date
from meetings.text.markup_tree import escaped

from . import commissions, resources
from .blocks import reference_to, table
from .ideas import open_ideas
from .models import Commission

COMMISSION_COLUMNS = ("Uppdrag", "Överlämnat av", "Beslut", "Läge")
ANSWER_COLUMNS = ("Kommun", "Svar", "Beredskap")


def commission_table(options: dict) -> str:
    """The chosen commissions (none chosen: all that are open), who handed them over and what became of them."""
    rows = commissions.for_lists()
    if options.get("commissions"):
        rows = rows.filter(pk__in=options["commissions"])
    else:
        rows = rows.filter(closed_on=None).exclude(is_accepted=False)
    found = commissions.lines(rows)
    return table(COMMISSION_COLUMNS, map(_commission, found)) if found else ""


def _commission(line: commissions.CommissionLine) -> tuple[str, ...]:
    each: Commission = line.commission
    result = f": {line.result}" if line.result else ""
    decided = reference_to(each.paragraph) if each.paragraph else each.decision or "–"
    handed = f"{line.givers}, {long_date(each.received_on)}"
    return each.title, handed, decided, f"{line.state.capitalize()}{result}"


def idea_list(options: dict) -> str:
    """The open ideas in their order, at most `most` of them (none: all), each with its purpose."""
    found = open_ideas()[: options.get("most")]
    items = "".join(f"<li><p>{escaped(_idea(each))}</p></li>" for each in found)
    return f"<ol>{items}</ol>" if items else ""


def _idea(idea) -> str:
    purpose = " ".join(idea.purpose.split())
    return f"{idea.name}: {purpose}" if purpose else idea.name


def resource_table(options: dict) -> str:
    """What is asked for, and what each municipality has answered."""
    asked = resources.asked_of(resources.with_answers().filter(pk=options["request"]), timezone.localdate())
    return "".join(_resource(each) for each in asked)


def _resource(asked: resources.Asked) -> str:
    request = asked.request
    extent = f" ({request.extent})" if request.extent else ""
    by_day = f" Svar senast {long_date(request.answer_by)}." if request.answer_by else ""
    words = f"{request.activity.name}: {request.what}{extent}, begärt {long_date(request.asked_on)}.{by_day}"
    answered = [(a.municipality.name, a.get_outcome_display(), a.readiness or "–") for a in asked.answers]
    missing = [(each.name, "Har inte svarat", "–") for each in asked.missing]
    return f"<p>{escaped(words)}</p>{table(ANSWER_COLUMNS, sorted(answered + missing))}"
