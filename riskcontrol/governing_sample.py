"""The sample board's operational plans: one that is adopted, and next year's on its way."""

import json
from datetime import date
from pathlib import Path

from django.db import transaction

from enamnd.accounts.models import RoleGrant, User
from enamnd.organisation.models import Municipality

from .actions.consultations import answer_consultation, send_consultation
from .actions.governing import adopt_document, begin_document, keep_edition, keep_reference
from .actions.governing_sections import change_section, remove_block, save_text, set_ready
from .governing.living import draw
from .models import GoverningDocument, GoverningKind

SAMPLE = Path(__file__).parent / "samples" / "governing.json"


@transaction.atomic
def load_governing():
    """Register the sample plans. The sample board, its accounts, activities and control plans must be there."""
    told = json.loads(SAMPLE.read_text(encoding="utf-8"))
    by = _user("coordinator")
    kind = GoverningKind.objects.get(key=told["kind"])
    adopted = begin_document(kind, told["adopted"]["year"], by=by)
    _fill(adopted, told["adopted"], by)
    _take_out_what_is_empty(adopted, by)
    adopt_document(adopted, date.fromisoformat(told["adopted"]["on"]), decision=told["adopted"]["decision"], by=by)
    coming = begin_document(kind, told["coming"]["year"], by=by, previous=adopted)
    _fill(coming, told["coming"], by)
    _share_out(coming, told["coming"], by)
    _consult(coming, told["coming"]["consultation"], by)


def _user(role: str) -> User:
    return User.objects.get(pk=RoleGrant.objects.filter(role=role).values("user")[:1])


def _fill(document: GoverningDocument, told: dict, by: User):
    for heading, html in told["texts"].items():
        section = document.sections.get(heading=heading)
        save_text(section, section.revision, html, by=by)
    for name, edition in told.get("references", []):
        keep_reference(document, name=name, edition=edition, by=by)
    for edition, (day, comment) in zip(document.editions.order_by("-number"), told["editions"], strict=False):
        keep_edition(
            document, edition=edition, number=edition.number, dated_on=date.fromisoformat(day), comment=comment, by=by
        )


def _take_out_what_is_empty(document: GoverningDocument, by: User):
    """An adopted paper has no part that says that there is nothing to show."""
    for section in document.sections.all():
        for row in [each for each in section.blocks if draw(document, each).missing]:
            remove_block(section, row["key"], by=by)


def _share_out(document: GoverningDocument, told: dict, by: User):
    for heading, role, due_on in told["owners"]:
        for section in document.sections.filter(heading=heading):
            change_section(section, owner=_user(role), due_on=date.fromisoformat(due_on), by=by)
    for heading in told["ready"]:
        for section in document.sections.filter(heading=heading):
            set_ready(section, True, by=by)


def _consult(document: GoverningDocument, told: dict, by: User):
    made = send_consultation(document, date.fromisoformat(told["answer_by"]), told["message"], by=by)
    for municipality, stand, text in told["answers"]:
        place = Municipality.objects.get(name=municipality)
        answer_consultation(made, place, stand=stand, text=text, by=by)
