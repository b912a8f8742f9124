"""The attendance page: everybody stands there from the start, every mark is saved by itself, nothing is overwritten."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.attending.listed_roll import roll_of
from meetings.attending.sheet import line_of
from meetings.models import Attendance
from tests import factories

pytestmark = pytest.mark.django_db
SCRIPT = {"hx-request": "true"}


@pytest.fixture
def secretary(client_as):
    factories.board()
    return client_as("secretary")


@pytest.fixture
def meeting():
    return factories.meeting(paragraphs=3, attendance=4)


def address(name, meeting, *more):
    return reverse(f"meetings:{name}", args=[meeting.pk, *more])


def shown(client, meeting):
    answer = client.get(address("attendance", meeting))
    assert answer.status_code == 200
    return answer.content.decode()


def marks(row, presence="", replaces="", is_remote=False, was=None):
    """What the browser sends of one row. `was` is what the page showed when it was loaded."""
    data = {f"row-{row.pk}-presence": presence, f"row-{row.pk}-replaces": replaces}
    data[f"row-{row.pk}-was"] = line_of(row, roll_of(row.meeting)).was if was is None else was
    return data | ({f"row-{row.pk}-is_remote": "on"} if is_remote else {})


def mark(client, row, *args, **kwargs):
    where = address("attendance_mark", row.meeting, row.pk)
    return client.post(where, marks(row, *args, **kwargs), headers=SCRIPT)


def fresh(row):
    return Attendance.objects.get(pk=row.pk)


def test_everybody_stands_on_the_page_by_municipality_in_swedish_order(secretary):
    meeting = factories.meeting()
    for place in ("Östanå", "Ängslunda", "Arvika by"):
        factories.attend(meeting, seat=factories.seat(meeting.body, municipality=factories.municipality(place)))

    text = shown(secretary, meeting)

    assert text.index(">Arvika by</h2>") < text.index(">Ängslunda</h2>") < text.index(">Östanå</h2>")
    assert text.count('role="group"') == 3


def test_a_mark_answers_with_the_quorum_and_the_printed_lists(secretary, meeting):
    row = meeting.attendance.first()

    text = mark(secretary, row, "serving").content.decode()

    assert fresh(row).presence == "serving"
    assert "1 av 2" in text
    assert "Tjänstgörande ledamöter" in text
    assert "<html" not in text


def test_a_substitute_serves_for_the_member_that_the_page_suggests(secretary):
    meeting = factories.meeting()
    of = factories.municipality()
    member = factories.attend(meeting, seat=factories.seat(meeting.body, municipality=of), presence="absent")
    seat = factories.seat(meeting.body, municipality=of, kind="substitute")
    substitute = factories.attend(meeting, "substitute", seat=seat)
    assert f'<option value="{member.pk}" selected>' in shown(secretary, meeting)

    text = mark(secretary, substitute, "serving", member.pk).content.decode()

    assert fresh(substitute).replaces == member
    assert f"Tjänstgör istället för {member.name_with_party}" in text


def test_the_suggestion_says_nothing_of_a_substitute_who_only_is_present(secretary, meeting):
    member, substitute = meeting.attendance.all()[:2]

    mark(secretary, substitute, "present", member.pk)

    assert (fresh(substitute).presence, fresh(substitute).replaces) == ("present", None)


def test_distance_is_saved_with_the_row(secretary, meeting):
    row = meeting.attendance.first()
    mark(secretary, row, "serving", is_remote=True)
    assert fresh(row).is_remote

    mark(secretary, row, "serving")
    assert not fresh(row).is_remote


def test_a_mark_can_be_taken_back(secretary, meeting):
    row = meeting.attendance.first()
    mark(secretary, row, "absent")
    mark(secretary, fresh(row), "")

    assert fresh(row).presence == ""


def test_a_mark_that_does_not_exist_gets_a_sentence(secretary, meeting):
    answer = mark(secretary, meeting.attendance.first(), "here")

    assert answer.status_code == 400
    assert "kunde inte läsas" in answer.content.decode()


def test_without_script_only_changed_rows_are_saved(secretary, meeting):
    """A colleague marks another row after this page was loaded: the form, posted whole, leaves that mark."""
    mine, theirs = meeting.attendance.filter(seat_kind="member")
    posted = {**marks(mine, "serving"), **marks(theirs, "")}
    mark(secretary, theirs, "absent")

    answer = secretary.post(address("attendance_marks", meeting), posted, follow=True)

    assert "1 rad ändrades" in answer.content.decode()
    assert (fresh(mine).presence, fresh(theirs).presence) == ("serving", "absent")


def test_without_script_a_row_with_changes_keeps_them_when_its_mark_is_untouched(secretary, meeting):
    row = meeting.attendance.first()
    row.presence = "serving"
    row.save()
    row.periods.create(presence="serving", first=meeting.paragraphs.last())

    secretary.post(address("attendance_marks", meeting), marks(row, "serving"))

    assert row.periods.exists()


def test_everybody_is_marked_with_one_button(secretary, meeting):
    secretary.post(address("attendance_everybody", meeting), {"who": "members"})
    secretary.post(address("attendance_everybody", meeting), {"who": "substitutes"}, headers=SCRIPT)

    assert sorted(meeting.attendance.values_list("presence", flat=True)) == ["absent", "absent", "serving", "serving"]
    assert secretary.post(address("attendance_everybody", meeting), {"who": "alla"}).status_code == 400


def change(row, first="", last="", presence="serving", replaces=""):
    data = {"row": row.pk, "first": first, "last": last, "presence": presence, "replaces": replaces}
    return {f"period-{key}": value for key, value in data.items()}


def test_somebody_comes_late_and_the_paper_says_so(secretary, meeting):
    row, late = meeting.attendance.first(), meeting.paragraphs.last()

    secretary.post(address("attendance_periods", meeting), change(row, first=late.pk))

    text = shown(secretary, meeting)
    assert "från § 3 tjänstgör" in text
    assert "§ 1-2" in text
    secretary.post(address("attendance_period_removal", meeting, row.periods.get().pk))
    assert not row.periods.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({}, "Välj från vilken paragraf"), ({"replaces": "member"}, "Bara en tjänstgörande ersättare")],
)
def test_a_refused_change_says_why_and_keeps_the_choices(secretary, meeting, fields, sentence):
    row, paragraph = meeting.attendance.first(), meeting.paragraphs.last()
    if fields:
        fields = {"replaces": row.pk, "last": paragraph.pk}
    answer = secretary.post(address("attendance_periods", meeting), change(row, **fields))

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert f'<option value="{row.pk}" selected>' in answer.content.decode()


def test_a_refused_change_is_told_to_the_script(secretary, meeting):
    answer = secretary.post(address("attendance_periods", meeting), change(meeting.attendance.first()), headers=SCRIPT)

    assert answer.status_code == 400
    assert 'id="refused">Välj från vilken' in answer.content.decode()


def test_a_change_may_be_chosen_before_numbers_are_given(secretary, meeting):
    assert ">1. Ärende nummer 1</option>" in shown(secretary, meeting)
    for number, paragraph in enumerate(meeting.paragraphs.all(), 8):
        paragraph.number = number
        paragraph.save()
    assert ">§ 8 Ärende nummer 1</option>" in shown(secretary, meeting)


def test_others_are_added_from_the_register_or_freely_and_removed(secretary, meeting):
    known = factories.person("Lisa Lund", organisation="Evado")
    secretary.post(address("attendance_others", meeting), {"name": "Lisa Lund"})
    secretary.post(address("attendance_others", meeting), {"name": "Gäst Gästsson", "organisation": "Kommunen"})

    lisa, guest = meeting.attendance.filter(seat_kind="").order_by("position")
    assert (lisa.person, lisa.organisation, guest.person) == (known, "Evado", None)
    secretary.post(address("attendance_other_removal", meeting, guest.pk))
    assert meeting.attendance.filter(seat_kind="").get() == lisa


def test_an_other_without_name_gets_a_sentence_and_the_rest_stays(secretary, meeting):
    answer = secretary.post(address("attendance_others", meeting), {"name": "", "organisation": "Evado"})

    assert answer.status_code == 400
    assert "Skriv ett namn." in answer.content.decode()
    assert 'value="Evado"' in answer.content.decode()


def test_the_register_is_fetched_again(secretary):
    meeting = factories.meeting(body=factories.seated_body(2))

    answer = secretary.post(address("attendance_refresh", meeting), follow=True)

    assert "Nya: " in answer.content.decode()
    assert meeting.attendance.count() == 4
    assert "stämmer redan" in secretary.post(address("attendance_refresh", meeting), follow=True).content.decode()


def test_readers_see_the_lists_but_no_marks(client_as, secretary, meeting):
    mark(secretary, meeting.attendance.first(), "serving")

    text = shown(client_as("member"), meeting)

    assert "Tjänstgörande ledamöter" in text
    assert 'type="radio"' not in text


def test_every_input_has_a_name_that_says_what_and_who(secretary, meeting):
    text = shown(secretary, meeting)

    for row in meeting.attendance.all():
        assert f'id="name-{row.pk}"' in text
        for value in ("serving", "present", "absent", "is_remote"):
            assert f'aria-labelledby="row-{row.pk}-{value}-label name-{row.pk}"' in text


def queries_of(client, where, **kwargs):
    client.get(where)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(where, **kwargs).status_code == 200
    return len(queries)


def test_the_page_takes_as_many_queries_for_28_rows_as_for_2(secretary):
    small, large = factories.meeting(3, 2), factories.meeting(30, 28)
    for row in large.attendance.all():
        row.periods.create(presence="serving", first=large.paragraphs.last())

    assert queries_of(secretary, address("attendance", small)) == queries_of(secretary, address("attendance", large))


def test_a_mark_takes_as_many_queries_for_28_rows_as_for_2(secretary):
    counts = []
    for rows in (2, 28):
        row = factories.meeting(3, rows).attendance.first()
        data = marks(row, "serving")
        with CaptureQueriesContext(connection) as queries:
            secretary.post(address("attendance_mark", row.meeting, row.pk), data, headers=SCRIPT)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_row_of_another_meeting_is_not_found(secretary, meeting):
    elsewhere = factories.attend(factories.meeting())
    for name in ("attendance_mark", "attendance_other_removal"):
        assert secretary.post(address(name, meeting, elsewhere.pk)).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["attendance_marks", "attendance_everybody", "attendance_refresh", "attendance_others", "attendance_periods"],
)
@pytest.mark.parametrize("role", ["member", "auditor", "coordinator"])
def test_only_those_who_write_protocols_may_post(client_as, meeting, name, role):
    assert client_as(role).post(address(name, meeting)).status_code == 403
