"""Every verb of the journal has Swedish words, so that no trail shows a bare key."""

import ast
from pathlib import Path

import pytest

from enamnd.journal import trail
from enamnd.journal.models import Event

PACKAGES = ("enamnd", "meetings", "projects", "finance", "riskcontrol")
ROOT = Path(__file__).resolve().parent.parent


def recorded_verbs() -> set[str]:
    """The verb of every call of `record` that names one outright."""
    found = set()
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            calls = (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call))
            for call in calls:
                if getattr(call.func, "id", "") == "record" and call.args:
                    found |= {call.args[0].value} if isinstance(call.args[0], ast.Constant) else set()
    return found


def test_verbs_are_found_in_the_code():
    assert {"meeting.created", "case.opened", "role.granted"} <= recorded_verbs()


COMPUTED = {
    *(f"{model}.{verb}" for model in ("body", "person", "municipality") for verb in ("added", "changed")),
    *(f"phrase.{verb}" for verb in ("added", "changed", "retired", "brought_back")),
    *(f"account.{verb}" for verb in ("closed", "reopened")),
    *(f"governing_template.section_{verb}" for verb in ("added", "changed", "moved", "removed")),
    *(f"governing_template.block_{verb}" for verb in ("added", "removed")),
}


@pytest.mark.parametrize("verb", sorted(recorded_verbs() | COMPUTED))
def test_every_verb_has_words(verb):
    (step,) = trail.steps([Event(verb=verb, actor_name="Lo", subject_name="saken", data={})])

    assert step.what != verb
    assert step.what.strip()
