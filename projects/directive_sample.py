"""The sample's directive, verified and under revision, and a final report that has been begun."""

import json
from datetime import date
from pathlib import Path

from django.utils import timezone

from enamnd.accounts.models import RoleGrant, User

from .actions import directives as actions
from .actions.headings import begin_with_usual_headings
from .models import Activity, Directive, DirectiveHeading

FILE = Path(__file__).parent / "samples" / "directives.json"


def load_directives():
    """Write them as people would. The sample activities must be there."""
    by = User.objects.get(pk=RoleGrant.objects.filter(role="coordinator").values("user")[:1])
    told = json.loads(FILE.read_text(encoding="utf-8"))
    for kind in Directive.Kind:
        begin_with_usual_headings(kind, by=by)
    first = _begin(told, Directive.Kind.DIRECTIVE, by)
    facts = dict(zip(("rank_result", "rank_time", "rank_cost"), told["ranks"], strict=True))
    actions.write_directive(first, facts | {"preparations": told["preparations"]}, by=by)
    day, decision = told["verified"]
    actions.verify_directive(first, min(date.fromisoformat(day), timezone.localdate()), decision, by=by)
    revised = actions.begin_revision(first.activity, Directive.Kind.DIRECTIVE, by=by)
    actions.write_directive(revised, _by_key(told["revision"], Directive.Kind.DIRECTIVE), by=by)
    _begin(told["final_report"], Directive.Kind.FINAL_REPORT, by)


def _begin(told: dict, kind: str, by: User) -> Directive:
    activity = Activity.objects.filter(name=told["activity"]).order_by("pk").first()
    made = actions.begin_revision(activity, kind, by=by)
    return actions.write_directive(made, _by_key(told["content"], kind) | {"author": told["author"]}, by=by)


def _by_key(pieces: dict, kind: str) -> dict:
    """Texts by the keys of their headings; other pieces by their own names."""
    keys = {name: str(pk) for pk, name in DirectiveHeading.objects.filter(kind=kind).values_list("pk", "name")}
    return {keys.get(name, name): text for name, text in pieces.items()}
