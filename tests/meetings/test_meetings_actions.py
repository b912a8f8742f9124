"""A meeting takes its people from the register of its day, and its cover from what the secretary says."""

from datetime import date, time

import pytest

from enamnd.journal.models import Event
from enamnd.organisation.models import Mandate, Office, Seat
from enamnd.refusal import Refused
from meetings.actions import attendance, cover
from meetings.actions import meetings as actions
from meetings.models import Attendance, Meeting
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2022, 6, 22)


@pytest.fixture
def secretary():
    factories.board()
    return factories.user("secretary")


# Created from the register --------------------------------------------------------------------------------------------


def test_everybody_with_a_mandate_that_day_gets_a_row_in_swedish_order(secretary):
    body = factories.body()
    for place in ("Östanå", "Ängslunda", "Arvika by"):
        of = factories.municipality(place)
        for kind in (Seat.Kind.SUBSTITUTE, Seat.Kind.MEMBER):
            factories.mandate(factories.seat(body, municipality=of, kind=kind))

    meeting = actions.create_meeting(body, DAY, by=secretary)

    assert [(row.municipality_name, row.seat_kind) for row in meeting.attendance.all()] == [
        ("Arvika by", "member"),
        ("Arvika by", "substitute"),
        ("Ängslunda", "member"),
        ("Ängslunda", "substitute"),
        ("Östanå", "member"),
        ("Östanå", "substitute"),
    ]
    assert {row.presence for row in meeting.attendance.all()} == {""}


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "is_there"),
    [
        (date(2019, 1, 1), None, True),
        (DAY, DAY, True),
        (date(2022, 6, 23), None, False),
        (date(2019, 1, 1), date(2022, 6, 21), False),
    ],
)
def test_only_a_mandate_in_force_on_the_day_gives_a_row(secretary, valid_from, valid_until, is_there):
    body = factories.body()
    factories.mandate(factories.seat(body), valid_from=valid_from, valid_until=valid_until)

    assert actions.create_meeting(body, DAY, by=secretary).attendance.exists() is is_there


def test_offices_of_the_day_give_secretary_chair_and_roles(secretary):
    body = factories.seated_body(2)
    member, other = Mandate.objects.filter(seat__body=body, seat__kind="member").order_by("pk")
    factories.office(body, Office.Role.CHAIR, person=member.person)
    factories.office(body, Office.Role.VICE_CHAIR, person=other.person)
    clerk = factories.office(body, Office.Role.SECRETARY, person=factories.person("Elin Ek"))
    factories.office(body, Office.Role.CHAIR, valid_from=date(2023, 1, 1))

    meeting = actions.create_meeting(body, DAY, by=secretary)

    assert (meeting.secretary, meeting.secretary_name) == (clerk.person, "Elin Ek")
    assert [chair.name_with_party for chair in meeting.chairs.all()] == [member.name_with_party]
    assert meeting.attendance.get(person=member.person).role == "ordförande"
    assert meeting.attendance.get(person=other.person).role == "vice ordförande"


def test_the_adjustment_is_proposed_fourteen_days_after_the_meeting(secretary):
    meeting = actions.create_meeting(factories.body(), DAY, by=secretary)

    assert meeting.adjustment_text == "Protokollet justeras digitalt senast 2022-07-06"
    assert actions.proposed_adjustment(date(2026, 11, 29)).endswith("2026-12-14")  # not the Sunday before


def test_the_meeting_is_in_the_journal_and_in_the_history_with_its_writer(secretary):
    body = factories.seated_body(1)

    meeting = actions.create_meeting(body, DAY, by=secretary)

    event = Event.objects.about(meeting).get()
    assert (event.verb, event.actor) == ("meeting.created", secretary.pk)
    assert meeting.history.get().history_user == secretary
    assert meeting.attendance.first().history.get().history_user == secretary


def test_a_meeting_cannot_end_before_it_begins_and_then_nothing_is_saved(secretary):
    with pytest.raises(Refused, match=r"inte sluta 12\.00, innan det börjar 13\.00") as refusal:
        actions.create_meeting(factories.body(), DAY, time(13), time(12), by=secretary)

    assert refusal.value.field == "ends_at"
    assert not Meeting.objects.exists()


# Changed --------------------------------------------------------------------------------------------------------------


def test_changing_facts_says_which_in_the_journal(secretary):
    meeting = factories.meeting()

    actions.change_meeting(meeting, by=secretary, place="Teams", is_remote=True, held_on=meeting.held_on)

    meeting.refresh_from_db()
    assert (meeting.place, meeting.is_remote) == ("Teams", True)
    assert Event.objects.get().data == {"changed": ["is_remote", "place"]}


def test_saving_the_same_facts_is_no_event(secretary):
    meeting = factories.meeting()

    actions.change_meeting(meeting, by=secretary, place=meeting.place)

    assert not Event.objects.exists()


def test_a_meeting_with_numbers_keeps_its_year(secretary):
    meeting = factories.meeting()
    factories.paragraph(meeting, number=8)

    with pytest.raises(Refused, match="Ta tillbaka numren"):
        actions.change_meeting(meeting, by=secretary, held_on=date(2023, 1, 1))


def test_unnumbered_paragraphs_follow_the_meeting_to_another_year(secretary):
    meeting = factories.meeting(paragraphs=1)

    actions.change_meeting(meeting, by=secretary, held_on=date(2023, 1, 1))

    assert meeting.paragraphs.get().year == 2023


# The register fetched again -------------------------------------------------------------------------------------------


def test_fetching_the_register_adds_newcomers_and_leaves_marks(secretary):
    body = factories.seated_body(1)
    meeting = actions.create_meeting(body, DAY, by=secretary)
    member = meeting.attendance.get(seat_kind="member")
    attendance.mark(member, "serving", by=secretary)
    newcomer = factories.mandate(factories.seat(body))

    result = actions.refresh_attendance(meeting, by=secretary)

    assert result.added == (newcomer.name_with_party,)
    member.refresh_from_db()
    assert member.presence == "serving"
    assert meeting.attendance.count() == 3


def test_fetching_the_register_takes_a_new_name(secretary):
    body = factories.body()
    mandate = factories.mandate(factories.seat(body))
    meeting = actions.create_meeting(body, DAY, by=secretary)
    mandate.person.name = "Nils Nyman"
    mandate.person.save()

    result = actions.refresh_attendance(meeting, by=secretary)

    assert meeting.attendance.get().name == "Nils Nyman"
    assert len(result.changed) == 1


@pytest.mark.parametrize("is_marked", [True, False])
def test_a_row_without_mandate_goes_only_while_it_is_unmarked(secretary, is_marked):
    body = factories.body()
    mandate = factories.mandate(factories.seat(body))
    meeting = actions.create_meeting(body, DAY, by=secretary)
    if is_marked:
        attendance.mark(meeting.attendance.get(), "absent", by=secretary)
    mandate.valid_until = date(2022, 5, 1)
    mandate.save()

    result = actions.refresh_attendance(meeting, by=secretary)

    assert meeting.attendance.exists() is is_marked
    assert (result.kept if is_marked else result.removed) == (mandate.name_with_party,)


def test_an_imported_row_without_seat_meets_its_mandate_instead_of_a_double(secretary):
    body = factories.body()
    mandate = factories.mandate(factories.seat(body))
    meeting = factories.meeting(body=body)
    Attendance.objects.create(
        meeting=meeting,
        seat_kind="member",
        name=mandate.person.name,
        municipality_name=mandate.seat.municipality.name,
        presence="serving",
    )

    actions.refresh_attendance(meeting, by=secretary)

    row = meeting.attendance.get()
    assert (row.seat, row.person, row.presence) == (mandate.seat, mandate.person, "serving")


def test_fetching_twice_changes_nothing(secretary):
    meeting = actions.create_meeting(factories.seated_body(2), DAY, by=secretary)

    assert actions.refresh_attendance(meeting, by=secretary).is_nothing


# The cover ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def ranged(secretary):
    meeting = factories.meeting(paragraphs=4)
    return meeting, list(meeting.paragraphs.all())


ISAK, CARINA = cover.Named("Isak U", "S"), cover.Named("Carina S", "S")


def test_two_chairs_share_the_meeting_by_ranges(ranged, secretary):
    meeting, (one, _, three, four) = ranged

    cover.set_chairs(meeting, [cover.Chairing(ISAK, one, three), cover.Chairing(CARINA, four, four)], by=secretary)

    assert [(row.name, row.first, row.last) for row in meeting.chairs.all()] == [
        ("Isak U", one, three),
        ("Carina S", four, four),
    ]


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ((None, None), (3, 3), "samma paragraf"),
        ((0, 2), (2, 3), "samma paragraf"),
        ((0, 2), (None, None), "samma paragraf"),
        ((2, 1), None, "kommer efter"),
        ((0, 2), (3, None), None),
        ((None, 2), (3, None), None),
        ((None, None), None, None),
    ],
)
def test_a_paragraph_has_one_chair_and_ranges_run_forwards(ranged, secretary, first, second, reason):
    meeting, paragraphs = ranged
    wanted = [
        cover.Chairing(who, *(None if end is None else paragraphs[end] for end in ends))
        for who, ends in ((ISAK, first), (CARINA, second))
        if ends
    ]
    if reason is None:
        cover.set_chairs(meeting, wanted, by=secretary)
        assert meeting.chairs.count() == len(wanted)
    else:
        with pytest.raises(Refused, match=reason):
            cover.set_chairs(meeting, wanted, by=secretary)
        assert not meeting.chairs.exists()


def test_a_chair_cannot_be_given_a_paragraph_of_another_meeting(ranged, secretary):
    with pytest.raises(Refused, match="annat sammanträde"):
        cover.set_chairs(ranged[0], [cover.Chairing(ISAK, factories.paragraph())], by=secretary)


def test_fewer_adjusters_replace_more_and_the_row_keeps_its_history(secretary):
    meeting = factories.meeting()
    cover.set_adjusters(meeting, [ISAK, CARINA], by=secretary)
    cover.set_adjusters(meeting, [CARINA], by=secretary)

    adjuster = meeting.adjusters.get()
    assert adjuster.name == "Carina S"
    assert [row.name for row in adjuster.history.all()] == ["Carina S", "Isak U"]


def test_nobody_adjusts_twice(secretary):
    with pytest.raises(Refused, match="två gånger"):
        cover.set_adjusters(factories.meeting(), [ISAK, ISAK], by=secretary)


def test_the_notice_is_not_taken_down_before_it_is_put_up(secretary):
    with pytest.raises(Refused, match="30 juni 2022, innan det sätts upp 8 juli 2022"):
        cover.set_proof(factories.meeting(), posted_on=date(2022, 7, 8), removed_on=date(2022, 6, 30), by=secretary)


def test_the_proof_is_filled_in_and_changed_in_place(secretary):
    meeting = factories.meeting()
    cover.set_proof(meeting, posted_on=date(2022, 7, 8), by=secretary)
    cover.set_proof(meeting, posted_on=date(2022, 7, 9), storage="Hos nämnden", by=secretary)

    meeting.refresh_from_db()
    assert (meeting.proof.posted_on, meeting.proof.storage) == (date(2022, 7, 9), "Hos nämnden")


@pytest.mark.parametrize("role", ["member", "auditor", "administrator", "coordinator"])
@pytest.mark.parametrize(
    "verb",
    [
        lambda meeting, by: actions.create_meeting(meeting.body, DAY, by=by),
        lambda meeting, by: actions.change_meeting(meeting, place="X", by=by),
        lambda meeting, by: actions.refresh_attendance(meeting, by=by),
        lambda meeting, by: cover.set_chairs(meeting, [], by=by),
        lambda meeting, by: cover.set_adjusters(meeting, [], by=by),
        lambda meeting, by: cover.set_proof(meeting, by=by),
    ],
)
def test_only_those_who_write_protocols_may(role, verb):
    meeting = factories.meeting()
    with pytest.raises(Refused, match="Du saknar behörigheten"):
        verb(meeting, factories.user(role))
