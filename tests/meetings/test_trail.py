"""What was done to a meeting reads as sentences."""

import pytest

from enamnd.journal.record import record
from enamnd.journal.trail import trail_of
from meetings import trail
from tests import factories


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verb", "data", "words"),
    [
        ("attendance.marked", {"presence": "absent"}, "markerade närvaro: {row} (frånvarande)"),
        (
            "attendance.marked",
            {"presence": "serving", "replaces": "Bo (S)", "warning": "fast ledamoten själv tjänstgör"},
            "markerade närvaro: {row} (tjänstgör för Bo (S), fast ledamoten själv tjänstgör)",
        ),
        (
            "attendance.period_added",
            {"presence": "serving", "when": "från § 5"},
            "lade till en ändring i närvaro: {row} (från § 5 tjänstgör)",
        ),
        (
            "attendance.everybody_marked",
            {"seat_kind": "member", "presence": "serving"},
            "markerade alla som var omarkerade: ledamöter, tjänstgör",
        ),
        ("attendance.unheard_of", {}, "ändrade: {row}"),
    ],
)
def test_an_event_reads_as_a_sentence(verb, data, words):
    row = factories.attend(factories.meeting())
    event = record(verb, row, by=None, within=row.meeting, **data)

    assert trail.in_words(event) == words.format(row=row)
    assert [step.who for step in trail_of(row.meeting)] == ["Portalen"]
