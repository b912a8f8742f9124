"""What the council of every party must decide."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from enamnd.letters.models import Letter
from enamnd.refusal import Refused
from meetings.actions import councils as actions
from meetings.decisions import councils
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = date(2022, 6, 14)


@pytest.fixture
def parties():
    names = ("Arby", "Boby", "Caby", "Öby")
    made = [factories.municipality(name, email=f"registrator@{name.lower()}.example") for name in names[:3]]
    made.append(factories.municipality("Öby"))
    factories.board(host=made[0])
    return made


@pytest.fixture
def secretary():
    return factories.user("secretary")


def answer(matter, municipality, by, **fields):
    facts = {"decided_on": date(2022, 4, 25), "outcome": "approved"} | fields
    return actions.answer_matter(matter, municipality, **facts, by=by)


def test_every_party_stands_there_in_swedish_order_and_who_is_missing_since_when(parties, secretary):
    matter = factories.council_matter()
    answer(matter, parties[0], secretary, paragraph="§ 41")

    rows = councils.rows_of(matter, TODAY)

    assert [row.municipality.name for row in rows] == ["Arby", "Boby", "Caby", "Öby"]
    assert rows[0].decision.paragraph == "§ 41"
    assert rows[1].waits == "väntar sedan 14 mars 2022 (92 dagar)"


def test_it_holds_when_all_have_approved_and_not_before(parties, secretary):
    matter = factories.council_matter()
    for each in parties[:3]:
        answer(matter, each, secretary)
    waiting = councils.tally(councils.rows_of(matter, TODAY))
    answer(matter, parties[3], secretary, outcome="approved_changed")
    whole = councils.tally(councils.rows_of(matter, TODAY))

    assert waiting.sentence == ("3 av 4 har godkänt. Öby har inte svarat. Beslutet gäller först när alla har godkänt.")
    assert not waiting.is_in_force
    assert whole.sentence == "4 av 4 har godkänt. Beslutet gäller."


def test_a_no_and_a_referral_are_told_apart(parties, secretary):
    matter = factories.council_matter()
    answer(matter, parties[0], secretary, outcome="rejected")
    answer(matter, parties[1], secretary, outcome="referred")

    sentence = councils.tally(councils.rows_of(matter, TODAY)).sentence

    assert "Arby har avslagit. Boby har återremitterat. Caby och Öby har inte svarat." in sentence


def test_a_registrar_answers_for_the_own_municipality_alone(parties):
    matter, registrar = factories.council_matter(), factories.user("registrar", municipality=parties[1])

    assert answer(matter, parties[1], registrar).told_by == registrar
    with pytest.raises(Refused, match="saknar behörigheten"):
        answer(matter, parties[2], registrar)


def test_other_roles_of_a_municipality_do_not_answer(parties):
    with pytest.raises(Refused, match="saknar behörigheten"):
        answer(factories.council_matter(), parties[1], factories.user("member", municipality=parties[1]))


def test_a_second_answer_replaces_the_first_and_the_history_keeps_both(parties, secretary):
    matter = factories.council_matter()
    answer(matter, parties[0], secretary, outcome="referred")
    answer(matter, parties[0], secretary, outcome="approved")

    decision = matter.decisions.get()
    assert decision.outcome == "approved"
    assert decision.history.count() == 2


def test_a_closed_matter_and_a_day_to_come_are_refused(parties, secretary):
    matter = factories.council_matter()
    with pytest.raises(Refused, match="har inte varit än"):
        answer(matter, parties[0], secretary, decided_on=timezone.localdate() + timedelta(days=1))
    actions.close_matter(matter, by=secretary)
    with pytest.raises(Refused, match="Frågan avslutades"):
        answer(matter, parties[0], secretary)


def test_those_who_are_missing_are_reminded(parties, secretary):
    matter = factories.council_matter()
    answer(matter, parties[0], secretary)

    reached, without = actions.remind_councils(matter, by=secretary)

    assert (reached, without) == (["Boby", "Caby"], ["Öby"])
    letters = Letter.objects.about(matter)
    assert sorted(letters.values_list("to_address", flat=True)) == [
        "registrator@boby.example",
        "registrator@caby.example",
    ]
    assert "Svaret behövs senast 30 september 2022." in letters[0].body


def test_nobody_is_reminded_when_all_have_answered(parties, secretary):
    matter = factories.council_matter()
    for each in parties:
        answer(matter, each, secretary)

    with pytest.raises(Refused, match="ingen att påminna"):
        actions.remind_councils(matter, by=secretary)
    assert not Letter.objects.exists()
