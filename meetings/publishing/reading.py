"""What everybody may read: meetings to come, notices that are up, published protocols, and finding words in them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from enamnd.documents.models import Document
from enamnd.organisation.models import Body
from enamnd.search import MOST_WORDS
from meetings.adjusting.frozen import from_content
from meetings.models import Meeting, Notice, OwnNotice, PlannedDay, Publication
from meetings.noticing import clock_rules
from meetings.publishing.masking import words_of
from meetings.publishing.paper import SecretTitle, masks_of_titles, searched

_WORD = re.compile(r"\w+")
ENDINGS = ("arnas", "ernas", "ornas", "arna", "erna", "orna", "ens", "ets", "en", "et", "ar", "er", "or", "na", "s")
SHORTEST_STEM = 4
AROUND = 70
BACK = timedelta(days=400)


def coming_meetings(today: date) -> QuerySet[Meeting]:
    """Meetings of boards from today on; other groups do not meet in public view."""
    return _boards(Meeting.objects.filter(Q(held_on__gte=today) | Q(ends_on__gte=today))).order_by(
        "held_on", "starts_at"
    )


def past_meetings(today: date) -> QuerySet[Meeting]:
    """The past year's meetings of boards, the latest first."""
    past = Meeting.objects.filter(held_on__range=(today - BACK, today - timedelta(days=1)))
    return _boards(past.exclude(ends_on__gte=today))


def planned_days(today: date) -> QuerySet[PlannedDay]:
    """Days of the plan that no meeting has been made of yet, and that have not been cancelled."""
    days = PlannedDay.objects.filter(meeting=None, cancelled_because="", held_on__gte=today)
    return days.filter(plan__body__kind=Body.Kind.BOARD).select_related("plan__body").order_by("held_on", "starts_at")


def _boards(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.filter(body__kind=Body.Kind.BOARD).select_related("body", "planned_day")


def place_of(held: Meeting | PlannedDay) -> str:
    """Where it is held; an address to a remote meeting is not for everybody."""
    return "på distans" if "://" in held.place or (held.is_remote and not held.place) else held.place


# Notices --------------------------------------------------------------------------------------------------------------


def notices_up(today: date) -> list[OwnNotice]:
    """The notices that are up today, the latest first. One whose day has come is not shown, taken down or not."""
    standing = OwnNotice.objects.filter(taken_down_on=None, adjustment__withdrawn_at=None)
    found = standing.select_related("adjustment__meeting__body").defer("adjustment__content")
    ends = _common_ends(each.adjustment_id for each in found)
    return [each for each in found if (end := ends.get(each.adjustment_id)) is None or today < end]


def _common_ends(adjustments: Iterable[int]) -> dict[int, date | None]:
    posted, down = {}, {}
    notices = Notice.objects.filter(adjustment__in=list(adjustments))
    for adjustment, name, up, taken in notices.values_list(
        "adjustment", "municipality__name", "posted_on", "taken_down_on"
    ):
        posted.setdefault(adjustment, {})[name] = up
        down.setdefault(adjustment, {})[name] = taken
    return {key: clock_rules.common_end(posted[key], down[key]) for key in posted}


# Protocols ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Hit:
    """A paragraph where the words stand: its key and label, its title, and some words around the first of them."""

    key: str
    label: str
    title: str
    before: str
    word: str
    after: str


@dataclass(frozen=True)
class Found:
    """A published protocol, and where in it the words stand (nothing when nothing was looked for)."""

    publication: Publication
    hits: tuple[Hit, ...] = ()


def shown() -> QuerySet[Publication]:
    """The renditions that everybody may read now: neither withdrawn nor held back."""
    return Publication.objects.filter(withdrawn_at=None).exclude(pk__in=held_back())


def held_back() -> set[int]:
    """Renditions that name a document of their meeting's cases which has got a secrecy mark since: three queries.

    They are shown again when they are published anew with the title masked, or when the mark is taken away.
    """
    titles = _secret_titles()
    texts = Publication.objects.filter(pk__in=titles).values_list("pk", "search_text") if titles else ()
    likely = [key for key, text in texts if any(searched(title) in text for _, title, _ in titles[key])]
    papers = Publication.objects.filter(pk__in=likely).values_list("pk", "content") if likely else ()
    return {key for key, content in papers if masks_of_titles(from_content(content), titles[key])}


def _secret_titles() -> dict[int, list[SecretTitle]]:
    """Of each rendition, the titles that are secret now in the cases of its meeting."""
    place = "case__paragraphs__meeting__adjustments__publications"
    rows = Document.objects.secret().filter(**{f"{place}__isnull": False})
    found: dict[int, list[SecretTitle]] = {}
    for key, paragraph, title, ground in rows.values_list(place, "case__paragraphs", "title", "secrecy").distinct():
        found.setdefault(key, []).append((f"p{paragraph}", title, ground))
    return found


def published(words: str = "") -> QuerySet[Publication]:
    """Published protocols, the latest meeting first; those that hold all the words, in any of their forms."""
    rows = shown().select_related("adjustment__meeting__body")
    stems = [stem(word) for word in words_in(words)]
    asked = Q(*(Q(search_text__contains=f" {each}") for each in stems))
    return rows.filter(asked).order_by("-adjustment__meeting__held_on", "-adjustment_id").defer("adjustment__content")


def found_in(publications: Iterable[Publication], words: str) -> list[Found]:
    """The publications with the places where the words stand."""
    stems = [stem(word) for word in words_in(words)]
    return [Found(each, tuple(_hits(each, stems)) if stems else ()) for each in publications]


def words_in(text: str) -> list[str]:
    """What is looked for, in small letters; words after the twentieth are passed over."""
    return _WORD.findall(text.replace("\0", " ").casefold())[:MOST_WORDS]


def stem(word: str) -> str:
    """The word without its ending, so that "budgeten" finds "budget" and "budgetar": rough on purpose."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def _hits(publication: Publication, stems: list[str]) -> Iterator[Hit]:
    """Paragraphs where any of the words begins a word."""
    begins = re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))})\w*", re.IGNORECASE)
    for paragraph in from_content(publication.content).paragraphs:
        words = " ".join(words_of(paragraph).split())
        if found := begins.search(words):
            before, after = words[: found.start()][-AROUND:], words[found.end() :][:AROUND]
            yield Hit(paragraph.key, paragraph.label, paragraph.title, before, found.group(), after)
