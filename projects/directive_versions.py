"""What a directive has said before: a row for each time that somebody wrote, and what differs from now."""

from dataclasses import dataclass
from datetime import timedelta

from meetings.text.comparison import Change, compare_words

from .directives import PREPARED, RANKED
from .models import Activity, Directive, DirectiveHeading

SITTING = timedelta(minutes=30)
WRITTEN = (("author", "Författare"), ("changes", "Vad som har ändrats"), *RANKED)


@dataclass(frozen=True)
class Difference:
    """A place where a version and the text of now differ, word by word."""

    name: str
    words: tuple[Change, ...]


def sittings(directive: Directive) -> list:
    """The last version of each time that somebody wrote: a page that saves by itself makes many. The latest first."""
    rows = directive.history.select_related("history_user").defer("content", "preparations", "frozen")
    found, newer = [], None
    for each in rows.order_by("-history_date", "-history_id"):
        is_same = newer and newer.history_user_id == each.history_user_id
        if not (is_same and newer.history_date - each.history_date < SITTING):
            found.append(each)
        newer = each
    return found


def discarded(directive_id: int):
    """The last version of a draft that has been thrown away, with who did it and when; None for what is there."""
    last = Directive.history.filter(id=directive_id).select_related("history_user").order_by("-history_id").first()
    return last if last and last.history_type == "-" else None


def discarded_of(activity: Activity) -> list:
    """The drafts of an activity that have been thrown away, the latest first."""
    rows = Directive.history.filter(activity_id=activity.pk, history_type="-")
    return list(rows.defer("content", "preparations", "frozen").order_by("-history_id"))


def differences(now: Directive, version) -> list[Difference]:
    """The headings and facts where they differ: removed is what the version said, added what it says now."""
    names = dict(DirectiveHeading.objects.filter(kind=now.kind).values_list("pk", "name"))
    places = [(name, version.content.get(str(pk), ""), now.content.get(str(pk), "")) for pk, name in names.items()]
    places += [(name, _word(version, field), _word(now, field)) for field, name in WRITTEN]
    places.append(("Förberedelser", _rows(version), _rows(now)))
    return [Difference(name, compare_words(old, new)) for name, old, new in places if old != new]


def _word(row, field: str) -> str:
    return str(getattr(row, field) or "")


def _rows(row) -> str:
    return "\n".join("\t".join(each.get(key, "") for key, _ in PREPARED) for each in row.preparations)
