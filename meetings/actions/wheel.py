"""The items of the annual wheel, and filling an agenda with what its month asks for."""

from django.db import transaction
from django.utils import timezone

from enamnd.accounts.models import User
from enamnd.documents.models import Case
from enamnd.journal.record import record
from enamnd.organisation.models import Body, Person
from enamnd.refusal import Refused
from meetings import rules
from meetings.planning.wheel import Wheel, span_of
from meetings.text import item_links, sections

from ..models import Meeting, Paragraph, StandingItem
from .paragraphs import add_paragraph, board_words

FACTS = ("title", "first_month", "last_month", "kind", "order", "presenter")


@transaction.atomic
def add_item(body: Body, *, by: User, **facts) -> StandingItem:
    """Put an item in the wheel (ny stående punkt): its facts, months being 1-12."""
    rules.check_can_write(by)
    item = StandingItem.objects.create(body=body, **facts)
    record("standing_item.added", item, by=by, within=body, months=span_of(item).name)
    return item


@transaction.atomic
def change_item(item: StandingItem, *, by: User, **facts) -> StandingItem:
    """Change an item. Paragraphs that were made of it stay as they are."""
    rules.check_can_write(by)
    item = StandingItem.objects.select_for_update(of=("self",)).select_related("body").get(pk=item.pk)
    if all(getattr(item, name) == value for name, value in facts.items()):
        return item
    for name, value in facts.items():
        setattr(item, name, value)
    item.save()
    record("standing_item.changed", item, by=by, within=item.body, months=span_of(item).name)
    return item


@transaction.atomic
def set_retired(item: StandingItem, is_retired: bool, *, by: User) -> StandingItem:
    """Stop asking for an item from today, or ask for it again."""
    rules.check_can_write(by)
    item = StandingItem.objects.select_for_update(of=("self",)).select_related("body").get(pk=item.pk)
    item.retired_on = timezone.localdate() if is_retired else None
    item.save()
    verb = "retired" if is_retired else "brought_back"
    record(f"standing_item.{verb}", item, by=by, within=item.body)
    return item


@transaction.atomic
def fill_agenda(meeting: Meeting, *, by: User) -> list[Paragraph]:
    """Put on the agenda all that its month asks for and no meeting of those months has had (fylla dagordningen)."""
    rules.check_can_write(by)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    missing = Wheel([meeting]).missing(meeting)
    if not missing:
        raise Refused("Dagordningen har redan det som årshjulet säger om månaden.")
    added = [_add(meeting, each.item, by) for each in missing]
    record("meeting.agenda_filled", meeting, by=by, number=len(added))
    return added


@transaction.atomic
def take_up_item(meeting: Meeting, item: StandingItem, *, by: User) -> Paragraph:
    """Put one item of the wheel on the agenda."""
    rules.check_can_write(by)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    if item.pk not in {each.item.pk for each in Wheel([meeting]).missing(meeting)}:
        raise Refused(f"”{item.title}” står redan på en dagordning för de månaderna.")
    return _add(meeting, item, by)


def _add(meeting: Meeting, item: StandingItem, by: User) -> Paragraph:
    facts = {"origin": Paragraph.Origin.STANDING, "standing_item": item, "kind": item.kind}
    if item.sections:
        facts["sections"] = item.sections
    return add_paragraph(meeting, title=item.title, by=by, **facts)


@transaction.atomic
def take_up_case(meeting: Meeting, case: Case, *, by: User) -> Paragraph:
    """Put a case on the agenda (ta upp ett ärende), with the papers of the case that are not secret beside it."""
    rules.check_can_write(by)
    if meeting.paragraphs.filter(case=case).exists():
        raise Refused(f"Ärende {case.number} står redan på dagordningen.")
    paragraph = Paragraph(meeting=meeting, case=case)
    papers = tuple(item_links.document_choices(paragraph).values())
    text = tuple(
        sections.new_section(each.kind, each.heading, items=papers) if each.kind == sections.DOCUMENTS else each
        for each in sections.starting_sections(board_words())
    )
    return add_paragraph(meeting, title=case.title, case=case, sections=sections.to_json(text), by=by)


@transaction.atomic
def raise_item(meeting: Meeting, person: Person, title: str, *, by: User) -> Paragraph:
    """Put on the agenda what a member has raised (väckt ärende, KL 4 kap. 20 §)."""
    rules.check_can_write(by)
    return add_paragraph(meeting, title=title, origin=Paragraph.Origin.MEMBER, raised_by=person, by=by)
