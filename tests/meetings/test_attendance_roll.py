"""What follows of the marks: quorum by paragraph, whose place stood empty, what to look at again, who may serve."""

import pytest
from django.test.utils import CaptureQueriesContext

from enamnd.organisation.models import Seat
from meetings.attending import substitution
from meetings.attending.listed_roll import quorum_of, roll_of
from tests import factories

pytestmark = pytest.mark.django_db
MEMBER, SUBSTITUTE = Seat.Kind.MEMBER, Seat.Kind.SUBSTITUTE


@pytest.fixture
def meeting():
    return factories.meeting(paragraphs=4)


def seated(meeting, place, kind=MEMBER, **fields):
    """Somebody on a seat of the municipality `place`."""
    of = factories.Municipality.objects.filter(name=place).first() or factories.municipality(place)
    seat = factories.seat(meeting.body, municipality=of, kind=kind, order=fields.pop("order", 1))
    return factories.attend(meeting, seat_kind=kind, seat=seat, **fields)


def at(meeting, place):
    return meeting.paragraphs.get(position=place)


def runs(meeting):
    return [(run.span, run.quorum.sentence, run.unserved) for run in roll_of(meeting).quorum_runs]


def test_quorum_follows_who_comes_and_goes(meeting):
    seated(meeting, "Boden", presence="serving")
    late = seated(meeting, "Kalix", presence="serving")
    late.periods.create(presence="serving", first=at(meeting, 3))
    seated(meeting, "Luleå", presence="absent")

    assert runs(meeting) == [
        ("§ 1-2", "1 av 3, inte beslutsför", ("Kalix", "Luleå")),
        ("§ 3-4", "2 av 3, beslutsför", ("Luleå",)),
    ]
    assert [quorum_of(at(meeting, place)).serving for place in (2, 3)] == [1, 2]


def test_quorum_is_told_under_the_numbers_when_they_are_given(meeting):
    seated(meeting, "Boden", presence="serving")
    for number, paragraph in enumerate(meeting.paragraphs.all(), 8):
        paragraph.number = number
        paragraph.save()

    assert runs(meeting)[0][0] == "§ 8-11"


def test_a_meeting_without_paragraphs_has_its_quorum_as_a_whole():
    meeting = factories.meeting()
    seated(meeting, "Boden", presence="serving")

    assert runs(meeting) == [("Hela sammanträdet", "1 av 1, beslutsför", ())]


def test_a_substitute_takes_the_municipality_s_place(meeting):
    member = seated(meeting, "Boden", presence="absent")
    seated(meeting, "Boden", SUBSTITUTE, presence="serving", replaces=member)

    assert roll_of(meeting).unserved_at(1) == ()


def test_a_vacant_seat_counts_among_the_seats(meeting):
    seated(meeting, "Boden", presence="serving")
    factories.seat(meeting.body, kind=MEMBER)

    assert roll_of(meeting).seats == 2


def test_without_a_register_the_members_of_the_list_are_the_seats(meeting):
    for _ in range(3):
        factories.attend(meeting, seat_kind="", name="X").__class__.objects.filter(meeting=meeting).update(
            seat_kind=MEMBER
        )

    assert roll_of(meeting).seats == 3


def test_the_unmarked_are_one_sentence(meeting):
    seated(meeting, "Boden", presence="serving")
    seated(meeting, "Kalix")
    seated(meeting, "Luleå")

    assert roll_of(meeting).warnings == ("Närvaro är inte markerad för 2 personer.",)


def test_a_substitute_beside_the_own_member_gives_a_warning(meeting):
    member = seated(meeting, "Boden", presence="serving")
    seated(meeting, "Boden", SUBSTITUTE, presence="serving", replaces=member)

    assert "som själv tjänstgör" in " ".join(roll_of(meeting).warnings)


def test_a_change_that_runs_backwards_after_a_move_gives_a_warning(meeting):
    row = seated(meeting, "Boden", presence="serving")
    row.periods.create(presence="serving", first=at(meeting, 3), last=at(meeting, 2))

    assert "slutar innan den börjar" in " ".join(roll_of(meeting).warnings)


@pytest.mark.parametrize(
    ("ranges", "sentences"),
    [
        ([(None, None)], []),
        ([(1, 2), (3, None)], []),
        ([], ["Ingen ordförande är angiven för § 1-4."]),
        ([(1, 3)], ["Ingen ordförande är angiven för § 4."]),
    ],
)
def test_every_paragraph_has_a_chair(meeting, ranges, sentences):
    row = seated(meeting, "Boden", presence="serving")
    chairs = [
        factories.chair(meeting, person=row.person, first=first and at(meeting, first), last=last and at(meeting, last))
        for first, last in ranges
    ]

    assert list(roll_of(meeting).chair_warnings(chairs)) == sentences


def test_a_chair_who_is_not_there_gives_a_warning_once_the_row_is_marked(meeting):
    row = seated(meeting, "Boden")
    seated(meeting, "Kalix", presence="serving")
    chair = factories.chair(meeting, person=row.person)
    assert roll_of(meeting).chair_warnings([chair]) == ()

    row.presence = "absent"
    row.save()

    assert roll_of(meeting).chair_warnings([chair]) == (
        f"{row.name_with_party} är ordförande men tjänstgör inte vid § 1-4.",
    )


def test_the_printed_lists_use_the_board_s_own_headings(meeting):
    board = factories.board(words={"serving_members": "Beslutande ledamöter"})
    seated(meeting, "Boden", presence="serving")

    assert [group.heading for group in roll_of(meeting).groups(board)] == ["Beslutande ledamöter"]


@pytest.mark.parametrize("rows", [2, 28])
def test_the_roll_takes_five_queries_however_many_rows(rows, django_assert_num_queries):
    meeting = factories.meeting(paragraphs=3, attendance=rows)
    for row in meeting.attendance.all():
        row.periods.create(presence="serving", first=at(meeting, 2))

    with django_assert_num_queries(5):
        found = roll_of(meeting)
        assert found.warnings
        assert found.quorum_runs
        assert found.groups(None)


# Who serves for whom --------------------------------------------------------------------------------------------------


def test_the_own_municipality_s_absent_member_is_suggested_first(meeting):
    seated(meeting, "Arjeplog", presence="absent")
    own = seated(meeting, "Boden", presence="absent")
    substitute = seated(meeting, "Boden", SUBSTITUTE)
    rows = roll_of(meeting).entries

    assert substitution.suggested_member(substitute, rows) == own
    assert substitution.members_to_replace(substitute, rows)[0] == own


@pytest.mark.parametrize(
    ("presence", "is_suggested"), [("", True), ("absent", True), ("present", True), ("serving", False)]
)
def test_a_member_who_serves_is_not_suggested(meeting, presence, is_suggested):
    own = seated(meeting, "Boden", presence=presence)
    substitute = seated(meeting, "Boden", SUBSTITUTE)

    assert substitution.suggested_member(substitute, roll_of(meeting).entries) == (own if is_suggested else None)


def test_a_member_already_replaced_is_not_suggested_again(meeting):
    own = seated(meeting, "Boden", presence="absent")
    seated(meeting, "Boden", SUBSTITUTE, presence="serving", replaces=own)
    second = seated(meeting, "Boden", SUBSTITUTE, order=2)

    assert substitution.suggested_member(second, roll_of(meeting).entries) is None


def test_substitutes_are_called_in_the_order_of_their_seats(meeting):
    member = seated(meeting, "Boden", presence="absent")
    first = seated(meeting, "Boden", SUBSTITUTE, order=1)
    second = seated(meeting, "Boden", SUBSTITUTE, order=2, presence="present")
    seated(meeting, "Boden", SUBSTITUTE, order=3, presence="absent")
    seated(meeting, "Kalix", SUBSTITUTE)

    assert substitution.substitutes_for(member, roll_of(meeting).entries) == [first, second]


def test_absent_members_elsewhere_come_before_those_who_serve(meeting):
    serving = seated(meeting, "Arjeplog", presence="serving")
    absent = seated(meeting, "Kalix", presence="absent")
    substitute = seated(meeting, "Boden", SUBSTITUTE)

    assert substitution.members_to_replace(substitute, roll_of(meeting).entries) == [absent, serving]


def test_queries_do_not_grow_with_paragraphs():
    small, large = factories.meeting(3, 4), factories.meeting(30, 4)
    counts = []
    for meeting in (small, large):
        from django.db import connection

        with CaptureQueriesContext(connection) as queries:
            assert roll_of(meeting).quorum_runs
        counts.append(len(queries))

    assert counts[0] == counts[1]
